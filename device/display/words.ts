// Every word the screen itself says, one table per language. Programme text is never translated; it keeps the
// language of its author. A new language is one more entry in WORDS.

export interface Words {
  readonly lang: string;
  readonly now: string;
  readonly next: string;
  readonly until: (time: string) => string;
  readonly since: (time: string) => string;
  readonly was: (time: string) => string;
  readonly planned: string;
  readonly tomorrow: string;
  readonly state: {
    readonly cancelled: string;
    readonly postponed: string;
    readonly moved: string;
    readonly delayed: string;
    readonly earlier: string;
    readonly idea: string;
  };
  readonly thatsIt: string;
  readonly nothingPlanned: string;
  readonly restOfDay: string;
  readonly programmeFor: (day: string) => string;
  readonly waiting: string;
  readonly waitingDetail: (address: string | undefined) => string;
  readonly printedPlan: string;
  readonly clockNotSet: string;
  readonly synced: (time: string) => string;
  readonly neverSynced: string;
  readonly noNewsSince: (time: string) => string;
  readonly peers: (count: number) => string;
  readonly ago: (amount: { readonly minutes: number } | { readonly hours: number }) => string;
  readonly button: { readonly imIn: string; readonly meet: string; readonly more: string; readonly back: string };
  readonly atTheDoor: (count: number) => string;
  readonly byPhone: (count: number) => string;
  readonly toast: {
    readonly counted: (door: number) => string;
    readonly nothingToJoin: string;
    readonly undone: string;
    readonly nothingToUndo: string;
    readonly holdToMeet: string;
    readonly meetup: (time: string) => string;
    readonly taken: string;
    readonly noClock: string;
    readonly oneMoment: string;
  };
  /** Title of a meetup called at the door. */
  readonly meetup: string;
}

export const ENGLISH: Words = {
  lang: "en",
  now: "NOW",
  next: "NEXT",
  until: (time) => `until ${time}`,
  since: (time) => `since ${time}`,
  was: (time) => `(was ${time})`,
  planned: "(planned)",
  tomorrow: "Tomorrow",
  state: {
    cancelled: "CANCELLED",
    postponed: "POSTPONED",
    moved: "MOVED",
    delayed: "DELAYED",
    earlier: "EARLIER",
    idea: "IDEA",
  },
  thatsIt: "That’s it for today.",
  nothingPlanned: "Nothing is planned here yet.",
  restOfDay: "Rest of the day",
  programmeFor: (day) => `Programme for ${day}`,
  waiting: "Waiting for a peer",
  waitingDetail: (address) =>
    address === undefined
      ? "No festival is known here yet. As soon as another device comes near, its programme appears."
      : `No festival is known here yet. Open ${address} on your phone to bring one or to begin one.`,
  printedPlan: "Printed plan; changes may be missing",
  clockNotSet: "Clock not set",
  synced: (time) => `synced ${time}`,
  neverSynced: "not synced yet",
  noNewsSince: (time) => `NO NEWS SINCE ${time}`,
  peers: (count) => (count === 1 ? "1 peer" : `${count} peers`),
  ago: (amount) => ("minutes" in amount ? `(${amount.minutes} min ago)` : `(${amount.hours} h ago)`),
  button: { imIn: "I’m in", meet: "Meet here", more: "More", back: "Back" },
  atTheDoor: (count) => `${count} at the door`,
  byPhone: (count) => `${count} by phone`,
  toast: {
    counted: (door) => `You’re in: ${door} at the door. Hold to undo`,
    nothingToJoin: "Nothing to join right now",
    undone: "Taken back",
    nothingToUndo: "Nothing to take back",
    holdToMeet: "Hold 2 s to call a meetup",
    meetup: (time) => `Meetup here at ${time}`,
    taken: "This place is taken for the next hour",
    noClock: "Not now: this screen does not know the time",
    oneMoment: "One moment",
  },
  meetup: "Meetup",
};

export const GERMAN: Words = {
  lang: "de",
  now: "JETZT",
  next: "DANACH",
  until: (time) => `bis ${time}`,
  since: (time) => `seit ${time}`,
  was: (time) => `(statt ${time})`,
  planned: "(geplant)",
  tomorrow: "Morgen",
  state: {
    cancelled: "FÄLLT AUS",
    postponed: "VERSCHOBEN",
    moved: "JETZT IN",
    delayed: "SPÄTER",
    earlier: "FRÜHER",
    idea: "IDEE",
  },
  thatsIt: "Das war’s für heute.",
  nothingPlanned: "Hier ist noch nichts geplant.",
  restOfDay: "Heute noch",
  programmeFor: (day) => `Programm für ${day}`,
  waiting: "Warten auf ein anderes Gerät",
  waitingDetail: (address) =>
    address === undefined
      ? "Hier ist noch kein Festival bekannt. Sobald ein anderes Gerät in die Nähe kommt, erscheint sein Programm."
      : `Hier ist noch kein Festival bekannt. Öffne ${address} am Telefon, um eines mitzubringen oder anzufangen.`,
  printedPlan: "Stand von früher; Änderungen fehlen vielleicht",
  clockNotSet: "Uhr nicht gestellt",
  synced: (time) => `Stand ${time}`,
  neverSynced: "noch kein Abgleich",
  noNewsSince: (time) => `NICHTS NEUES SEIT ${time}`,
  peers: (count) => (count === 1 ? "1 Gerät" : `${count} Geräte`),
  ago: (amount) => ("minutes" in amount ? `(vor ${amount.minutes} min)` : `(vor ${amount.hours} h)`),
  button: { imIn: "Bin dabei", meet: "Treffen", more: "Mehr", back: "Zurück" },
  atTheDoor: (count) => `${count} an der Tür`,
  byPhone: (count) => `${count} per Telefon`,
  toast: {
    counted: (door) => `Du bist dabei: ${door} an der Tür. Halten nimmt zurück`,
    nothingToJoin: "Gerade ist nichts zum Mitmachen",
    undone: "Zurückgenommen",
    nothingToUndo: "Nichts zurückzunehmen",
    holdToMeet: "2 s halten, um ein Treffen auszurufen",
    meetup: (time) => `Treffen hier um ${time}`,
    taken: "Dieser Ort ist in der nächsten Stunde belegt",
    noClock: "Gerade nicht: Dieser Schirm kennt die Uhrzeit nicht",
    oneMoment: "Einen Moment",
  },
  meetup: "Treffen",
};

const WORDS: ReadonlyMap<string, Words> = new Map([ENGLISH, GERMAN].map((words) => [words.lang, words]));

/** Words for a BCP 47 tag; English where the language is not in the table. */
export function wordsFor(tag: string): Words {
  return WORDS.get(tag.toLowerCase().split("-")[0] ?? "") ?? ENGLISH;
}
