// `lagerfeuer answer` and `lagerfeuer release`: what a person who lends something decides, and giving back.
import { answerTo, type Question, type Reply, release as releaseRequest } from "../act/answer.ts";
import { CommandError } from "../exit.ts";
import { spanText } from "../when-text.ts";
import { actCommand, operandsOf, textOption, wrongUsage } from "./act-command.ts";
import type { Command } from "./command.ts";
import type { Festival } from "./festival.ts";
import { documentNamed } from "./known-documents.ts";

const SAID: Readonly<Record<Reply["verdict"], string>> = {
  accept: "granted",
  reject: "declined",
  wait: "waiting",
};

export const answer: Command = actCommand({
  name: "answer",
  summary: "Answer a request for something that you lend",
  operands: "REQUEST accept|reject|wait",
  help: 'What others ask of you, "lagerfeuer list asked" shows. Set-up and cleaning are added by themselves.',
  options: { note: { type: "string" }, force: { type: "boolean" } },
  optionHelp: { note: "Some words to whoever asked", force: "Grant it although others have it then: they share" },
  act: async (festival, context) => {
    const [text = "", verdict = ""] = operandsOf(context, "answer", 2, 2);
    if (!isVerdict(verdict)) throw wrongUsage(`Cannot answer "${verdict}": say accept, reject or wait`);
    const question = questionNamed(festival, text);
    const reply = { verdict, note: textOption(context, "note"), force: context.options["force"] === true };
    const operations = await festival.publish(answerTo(question, reply, festival.me));
    return {
      line: `${described(question, festival)} is ${SAID[verdict]}`,
      json: { schema: "answer/1", request: question.request.doc, verdict, operations },
    };
  },
});

export const release: Command = actCommand({
  name: "release",
  summary: "Give back what was granted, or take back your own request",
  operands: "REQUEST",
  help: [
    "Whoever lends something takes the grant back; whoever asked takes the request back, and the time is free again when",
    "the lender has heard of it.",
  ].join("\n"),
  options: { note: { type: "string" } },
  optionHelp: { note: "Why" },
  act: async (festival, context) => {
    const [text = ""] = operandsOf(context, "release", 1, 1);
    const question = questionNamed(festival, text);
    const bodies = releaseRequest(question, textOption(context, "note"), festival.me);
    const operations = await festival.publish(bodies);
    return {
      line: `${described(question, festival)} is given back`,
      json: { request: question.request.doc, became: bodies[0]?.a === "delete" ? "withdrawn" : "released", operations },
    };
  },
});

function isVerdict(text: string): text is Reply["verdict"] {
  return Object.hasOwn(SAID, text);
}

function questionNamed(festival: Festival, text: string): Question {
  const request = documentNamed(festival, text, "request/1");
  const { resource: id } = request.fields;
  const resource = festival.programme.document(id);
  const occupancy = festival.programme.occupancy(id);
  if (resource.status !== "shown" || resource.document.schema !== "resource/1" || occupancy === undefined) {
    throw new CommandError("E_AWAITED", "Cannot answer: what is asked for has not reached this box yet");
  }
  const gone = [...occupancy.outcomes.keys()].filter((subject) => isGone(festival, subject));
  return { request, resource: resource.document, occupancy, gone };
}

/** Withdrawn, or for an event that does not take place. */
function isGone({ programme }: Festival, request: string): boolean {
  const found = programme.document(request);
  if (found.status !== "shown") return found.status === "withdrawn";
  if (found.document.schema !== "request/1") return false;
  const event = programme.document(found.document.fields.event);
  if (event.status !== "shown") return event.status === "withdrawn";
  return event.document.schema === "event/1" && event.document.fields.status === "cancelled";
}

function described({ request, resource }: Question, { opened }: Festival): string {
  return `"${resource.fields.title}" ${spanText(request.fields, opened.timezone)}`;
}
