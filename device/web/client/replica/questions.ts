// Questions that pages ask while somebody is still typing: what a time means, what speaks against it, what is free.
import { knownClash } from "../../../act/ask.ts";
import { minuteOfWeek } from "../../../act/minute-of-week.ts";
import { readWhen } from "../../../act/when-input.ts";
import { slotsOf } from "../festival/slots.ts";
import type { Questions } from "../phone.ts";
import type { ActDesk } from "./act-desk.ts";

export function createQuestions(desk: () => ActDesk): Questions {
  const thing = (id: string) => {
    const resource = desk().documents.made("resource/1", id)?.document;
    const occupancy = resource && desk().settled.occupancy(id);
    return resource && occupancy ? { resource, occupancy } : undefined;
  };
  const clash: Questions["clash"] = (id, span, quantity = 1) => {
    const found = thing(id);
    return found && knownClash(found.resource, { ...span, quantity }, found.occupancy, minuteOfWeek);
  };
  return {
    readTime: (words) => {
      const read = readWhen(words, desk().timezone);
      return read && { when: read.time, remarks: read.remarks };
    },
    clash,
    slots: (id, day) => {
      const found = thing(id);
      return found ? slotsOf(found.resource, day, { occupancy: found.occupancy, timezone: desk().timezone }) : [];
    },
    free: (kind, span) =>
      desk()
        .documents.all("resource/1")
        .filter(
          ({ document: { doc, fields } }) => fields.kind === kind && fields.policy !== "none" && !clash(doc, span),
        )
        .map(({ document }) => document.doc),
  };
}
