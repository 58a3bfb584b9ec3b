// Starts the phone page: wakes the phone, then shows its pages. What is here runs in the browser only.
import { render } from "preact";
import { App } from "./pages/app.tsx";
import { JOIN_FRAGMENT } from "./pages/route.ts";
import { Waking } from "./pages/waking.tsx";
import type { Phone, PhoneFault } from "./phone.ts";
import { startPhone } from "./replica/start.ts";

async function main(): Promise<void> {
  render(<Waking />, document.body);
  try {
    const phone = await startPhone();
    leaveCodeBehind();
    addEventListener("hashchange", () => joinFromAddress(phone));
    render(<App phone={phone} />, document.body);
  } catch (error) {
    render(<Waking fault={(error as PhoneFault).code} />, document.body);
  }
}

/** A code that was scanned while the page was open already. */
function joinFromAddress(phone: Phone): void {
  if (!location.hash.startsWith(JOIN_FRAGMENT)) return;
  const code = location.href;
  leaveCodeBehind();
  phone.festivals.join(code).catch(() => undefined);
}

/** It is kept by now; an address that is shown, copied or photographed should not give it away. */
function leaveCodeBehind(): void {
  if (location.hash.startsWith(JOIN_FRAGMENT)) history.replaceState(null, "", "#/programme");
}

void main();
