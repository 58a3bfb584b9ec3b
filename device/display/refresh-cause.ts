// Why a picture differs from the one before, as far as a panel must know it: what is urgent flashes, what is small does
// not (display.md §3.5). Pure: two scenes in, a cause out.
import type { Cause } from "./panel/refresh-policy.ts";
import type { Scene } from "./scene.ts";

/** `before` is undefined for the first picture. */
export function refreshCause(before: Scene | undefined, now: Scene): Cause {
  if (now.body.kind === "alarm" && alarmText(before) !== now.body.text.text) return "emergency";
  if (before === undefined) return "tick";
  if (before.page !== now.page || before.footer.toast !== now.footer.toast) return "press";
  return subject(before) === subject(now) ? "tick" : "session";
}

function alarmText(scene: Scene | undefined): string | undefined {
  return scene?.body.kind === "alarm" ? scene.body.text.text : undefined;
}

/** What the picture is about: another subject is another session. */
function subject({ body }: Scene): string {
  const lead = body.kind === "slot" || body.kind === "notice" ? body.lead : undefined;
  return JSON.stringify([body.kind, lead?.title.text, lead?.label, lead?.takeover]);
}
