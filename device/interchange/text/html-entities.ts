// Character references of HTML that occur in programme texts. Numbers are decoded generally, names from a short table:
// an unknown name stays as written.

const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " ", ensp: " ", emsp: " ", thinsp: " ", shy: "" },
    ...{ hellip: "…", mdash: "—", ndash: "–", lsquo: "‘", rsquo: "’", sbquo: "‚", ldquo: "“", rdquo: "”", bdquo: "„" },
    ...{ laquo: "«", raquo: "»", lsaquo: "‹", rsaquo: "›", bull: "•", middot: "·", sect: "§", para: "¶", deg: "°" },
    ...{ copy: "©", reg: "®", trade: "™", euro: "€", pound: "£", yen: "¥", cent: "¢", times: "×", divide: "÷" },
    ...{ plusmn: "±", frac12: "½", frac14: "¼", sup2: "²", sup3: "³", micro: "µ", iexcl: "¡", iquest: "¿" },
    ...{ larr: "←", rarr: "→", uarr: "↑", darr: "↓", harr: "↔", le: "≤", ge: "≥", ne: "≠", infin: "∞", hearts: "♥" },
    ...{ auml: "ä", ouml: "ö", uuml: "ü", Auml: "Ä", Ouml: "Ö", Uuml: "Ü", szlig: "ß", euml: "ë", iuml: "ï" },
    ...{ aacute: "á", eacute: "é", iacute: "í", oacute: "ó", uacute: "ú", Aacute: "Á", Eacute: "É", Oacute: "Ó" },
    ...{ agrave: "à", egrave: "è", igrave: "ì", ograve: "ò", ugrave: "ù", Agrave: "À", Egrave: "È" },
    ...{ acirc: "â", ecirc: "ê", icirc: "î", ocirc: "ô", ucirc: "û", atilde: "ã", otilde: "õ", ntilde: "ñ" },
    ...{ ccedil: "ç", Ccedil: "Ç", aring: "å", Aring: "Å", aelig: "æ", AElig: "Æ", oslash: "ø", Oslash: "Ø" },
    ...{ scaron: "š", Scaron: "Š", oelig: "œ", yuml: "ÿ", eth: "ð", thorn: "þ", ordm: "º", ordf: "ª" },
  }),
);
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]{1,7}));/gi;
const LAST_CODE_POINT = 0x10ffff;

export function decodeEntities(text: string): string {
  return text.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name) ?? NAMED.get(name.toLowerCase()) ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : "\ufffd";
  });
}
