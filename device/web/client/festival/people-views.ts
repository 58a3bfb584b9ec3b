// Everybody of whom something is here. Roles are read from what stands there now and kept nowhere: whoever withdraws
// the event hosts it no longer.
import { toHex } from "../../../../protocol/operation/bytes.ts";
import type { Ground } from "./ground.ts";
import type { PersonView } from "./view.ts";

type Roles = PersonView["roles"];

/** `meetingsSince` counts meetings with other devices since an arrival. */
export function peopleViews(ground: Ground, meetingsSince: (arrival: number) => number): readonly PersonView[] {
  const { documents, settled } = ground;
  const keys = [...new Set([...documents.logs.authors(), ...ground.ownKeys])];
  const animals = Map.groupBy(keys, (key) => ground.animalOf(key).name);
  const identities = Map.groupBy(keys, (key) => settled.identityOf(key));
  const roles = rolesOf(ground);
  const people = keys.map((key): PersonView => {
    const profile = documents.keyed("profile/1", key)?.document.fields ?? {};
    const { name: animal, digits } = ground.animalOf(key);
    const isShared = (animals.get(animal)?.length ?? 0) > 1;
    return {
      key,
      hash: toHex(ground.hashOf(key)),
      animal: isShared ? `${animal} ${digits}` : animal,
      ...(profile.name && { name: profile.name }),
      ...(profile.about && { about: profile.about }),
      ...(profile.pronouns && { pronouns: profile.pronouns }),
      ...(profile.is && { is: profile.is }),
      mine: ground.ownKeys.has(key),
      ...linkOf(ground, key),
      sameAs: (identities.get(settled.identityOf(key)) ?? []).filter((other) => other !== key),
      roles: roles.get(key) ?? { hosts: 0, performs: 0, lends: 0, comes: 0 },
      meetingsAgo: meetingsSince(documents.logs.newestOf(key)),
    };
  });
  return people.sort((a, b) => compare(shownName(a), shownName(b)) || compare(a.key, b.key));
}

/** What stands between the key that I act with and another one. */
function linkOf({ documents, me }: Ground, key: string): Pick<PersonView, "link"> {
  const says = (author: string, other: string): boolean => {
    const said = documents.keyed("keylink/1", author, other)?.document.fields;
    return said !== undefined && said.until === undefined;
  };
  const [mine, theirs] = [says(me, key), says(key, me)];
  if (mine) return { link: theirs ? "both" : "mine" };
  return theirs ? { link: "theirs" } : {};
}

function rolesOf({ documents }: Ground): ReadonlyMap<string, Roles> {
  const roles = new Map<string, { -readonly [Role in keyof Roles]: number }>();
  const add = (key: string, role: keyof Roles): void => {
    const known = roles.get(key) ?? { hosts: 0, performs: 0, lends: 0, comes: 0 };
    roles.set(key, known);
    known[role] += 1;
  };
  for (const { document } of documents.all("event/1")) {
    const isCopied = document.fields.origin !== undefined;
    if (!isCopied) add(document.author, "hosts");
    const named = new Set((document.fields.hosts ?? []).flatMap(({ key }) => key ?? []));
    for (const key of named) if (isCopied || key !== document.author) add(key, "performs");
  }
  for (const { document } of documents.all("resource/1")) {
    if (document.fields.origin === undefined) add(document.author, "lends");
  }
  const yes = documents
    .all("rsvp/1")
    .filter(({ document: { fields } }) => fields.going === "yes" && !("door" in fields));
  for (const pair of new Set(yes.map(({ document }) => `${document.author} ${document.key.slice(0, 64)}`))) {
    add(pair.split(" ")[0] ?? "", "comes");
  }
  return roles;
}

function shownName({ name, animal }: PersonView): string {
  return name ?? animal;
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
