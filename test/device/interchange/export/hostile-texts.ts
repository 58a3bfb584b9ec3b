// Texts that would break out of a format that forgets to escape them; all of them are valid fields of an event.
import type { EventFieldsWritten } from "../../../../protocol/festival/schema/event.ts";
import { berlin, exactly } from "../../programme/festival-box.ts";

const when = exactly(berlin("12:00"), berlin("13:00"));
const INJECTED = "x\nEND:VEVENT\nBEGIN:VEVENT\nUID:evil\nSUMMARY:evil\nEND:VEVENT";

export const HOSTILE_TEXTS: readonly EventFieldsWritten[] = [
  { title: "]]></title><event/>", text: '<![CDATA[ ]]> &amp; &lt;b&gt; <script>alert("1")</script>', when },
  { title: "Line by line", summary: INJECTED, text: INJECTED, access: INJECTED, when },
  { title: 'Quotes " ^ ; : , \\ \\n', tags: ["a,b", "c;d\\", "BEGIN:VEVENT"], hosts: [{ name: "A; B, \\ C" }], when },
  { title: "مرحبا ‏עולם‎ 👩‍👩‍👧‍👦 e\u0301\u0323 \ufffe\uffff".normalize("NFC"), text: "🔥".repeat(8_000), when },
  { title: "Long", text: `${"Ärger, ".repeat(3_000)}`.trim(), when },
  { title: "  spaces   everywhere  ", text: "\n\n\n  a\n\n\n\nb  \n", summary: " \n ", when },
  {
    title: "Links",
    links: links("http://a.example/?q=[x]", "HTTP://B.example/\"'<>", "x-any:thing", "mailto:a@b.example"),
    when,
  },
  { title: "Rooms", place: { text: "__proto__" }, when },
  { title: "no place", place: { text: "no place" }, when },
];

function links(...urls: readonly string[]): NonNullable<EventFieldsWritten["links"]> {
  return urls.map((url, index) => ({ url, title: `"${index}": ^`, ...(index < 2 && { rel: "web" as const }) }));
}
