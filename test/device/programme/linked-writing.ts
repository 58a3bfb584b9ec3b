// What two devices of one person write on the same documents, and a stranger beside them: by chance, for whoever compares
// what several readers make of it.
import type { BodyToWrite } from "../../../protocol/festival/body.ts";
import { toHex } from "../../../protocol/operation/bytes.ts";
import type { NewEntry, Random } from "../../../sync/ports.ts";
import { berlin, docOf, exactly, Person } from "./festival-box.ts";
import { oneOf } from "./some-festival.ts";

export const EIGHT = berlin("20:00");
export const NINE = berlin("21:00");

export function keyOf({ verifyingKey }: Person): string {
  return toHex(verifyingKey);
}

export interface Written {
  readonly people: readonly Person[];
  readonly logs: readonly (readonly NewEntry[])[];
}

/** Two devices and a stranger who change the same few documents, while links come, close and go. */
export function someWriting(random: Random, { isMutual = true } = {}): Written {
  const people = ["laptop", "phone", "stranger"].map((name) => new Person(name));
  const logs = people.map((person) => [person.event("Soup", { when: exactly(EIGHT) }), person.venue("Barn")]);
  const documents = logs.flat();
  for (let count = 0; count < 40; count++) {
    const index = oneOf(random, [0, 0, 0, 1, 1, 1, 2]);
    const log = logs[index] as NewEntry[];
    const to = people[random() < 0.9 ? 1 - Math.min(index, 1) : 2] as Person;
    const body = random() < 0.25 ? someLink(random, to) : someChange(random, { documents, seen: logs.flat() });
    const isSaid = isMutual || index === 0 || body.s !== "keylink/1";
    const after = random() < 0.05 ? oneOf(random, log) : undefined;
    if (isSaid) log.push((people[index] as Person).write(body, { at: EIGHT + Math.floor(random() * 20), after }));
  }
  return { people, logs };
}

function someLink(random: Random, to: Person): BodyToWrite {
  const other = keyOf(to);
  const may = oneOf(random, [["event/1"], ["event/1", "resource/1"], ["event/1", "resource/1"], []]);
  const until = random() < 0.3 ? { until: Math.floor(random() * 15) } : {};
  return { a: "set", s: "keylink/1", k: other, f: { other, may, ...until } };
}

function someChange(
  random: Random,
  { documents, seen }: { documents: readonly NewEntry[]; seen: readonly NewEntry[] },
): BodyToWrite {
  const index = Math.floor(random() * documents.length);
  const common = { d: docOf(documents[index] as NewEntry), ...(random() < 0.6 && { v: docOf(oneOf(random, seen)) }) };
  const title = oneOf(random, ["Stew", "Broth", "Barn", "Shed", ""]);
  if (random() < 0.02) return { a: "set", s: "forget/1", k: "", f: { upTo: Math.floor(random() * 4) } };
  const s = index % 2 === 0 ? "event/1" : "resource/1";
  if (random() < 0.05) return { a: "delete", s, ...common };
  if (s === "resource/1") return { a: "update", s, ...common, f: { title } };
  return {
    a: "update",
    s,
    ...common,
    f: oneOf(random, [{ title }, { when: exactly(NINE) }, { place: { text: title } }]),
  };
}
