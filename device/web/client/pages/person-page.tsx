// Somebody: their animal with its beads, what they do here, and how to see less of them (D-04, R-35).
import type { PersonView } from "../festival/view.ts";
import { Animal } from "../parts/animal.tsx";
import { DayList } from "../parts/day-list.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { Said, SaidLong } from "../parts/said.tsx";
import { SamePerson } from "../parts/same-person.tsx";
import { useScene } from "../parts/scene.tsx";
import { ThingRow } from "../parts/thing-row.tsx";
import { Who } from "../parts/who.tsx";
import type { Words } from "../words/words.ts";
import { rolesText } from "./people-page.tsx";
import { linkTo } from "./route.ts";

/** Further back nobody counts. */
const LONG_AGO_MEETINGS = 6;

export function PersonPage({ id }: { readonly id: string }) {
  const { view, words } = useScene();
  const person = view.personByKey.get(id);
  if (person !== undefined) return <PersonOf person={person} />;
  return (
    <>
      <PageHead back>{words.people.title}</PageHead>
      <Empty>{words.event.gone}</Empty>
      {view.hidden.blocked.includes(id) && <ShowAgain author={id} />}
    </>
  );
}

function PersonOf({ person }: { readonly person: PersonView }) {
  const { view, words, times } = useScene();
  const events = view.events.filter(
    ({ imported, author, hosts }) =>
      (!imported && author === person.key) || hosts.some(({ key }) => key === person.key),
  );
  const things = view.resources.filter(({ imported, author }) => !imported && author === person.key);
  return (
    <>
      <PageHead back>
        <Said text={person.name ?? person.animal} />
      </PageHead>
      <div class="portrait">
        <Animal hash={person.hash} size="large" beads />
        <p class="portrait-name">
          {person.name !== undefined && <Said text={person.animal} />}
          {person.pronouns !== undefined && (
            <>
              {" "}
              · <Said text={person.pronouns} />
            </>
          )}
          {person.is !== undefined && <span> · {words.people.is[person.is]}</span>}
        </p>
        <p>{rolesText(person, words, times)}</p>
        <p class="hint">{person.mine ? words.people.this : heardText(person.meetingsAgo, words)}</p>
      </div>
      {person.about !== undefined && <SaidLong text={person.about} />}
      {person.sameAs.length > 0 && (
        <p class="same-as">
          {words.people.same}{" "}
          {person.sameAs.map((key) => (
            <Who key={key} author={key} />
          ))}
        </p>
      )}
      <p class="hint">{words.people.beads}</p>
      {(events.length > 0 || things.length > 0) && <h2>{words.people.things}</h2>}
      {things.length > 0 && (
        <ul class="rows">
          {things.map((thing) => (
            <ThingRow key={thing.id} thing={thing} />
          ))}
        </ul>
      )}
      {events.length > 0 && <DayList events={events} />}
      {person.mine ? (
        <p>
          <a class="button" href={linkTo("keys")}>
            {words.fire.keys}
          </a>
        </p>
      ) : (
        <>
          <SamePerson person={person} />
          <SeeLess author={person.key} />
        </>
      )}
    </>
  );
}

/** Two taps from anywhere a name stands: the name, then this. */
function SeeLess({ author }: { readonly author: string }) {
  const { phone, view, words, say } = useScene();
  const muted = view.hidden.muted.includes(author);
  const hide = (kind: "blocked" | "muted", on: boolean) =>
    void phone.local.hide(kind, author, on).then(() => on && say(words.hidden.hidden));
  return (
    <section class="see-less">
      <div class="deeds">
        <button type="button" class="button" onClick={() => hide("blocked", true)}>
          {words.people.block}
        </button>
        <button type="button" class="button" aria-pressed={muted} onClick={() => hide("muted", !muted)}>
          {words.people.mute}
        </button>
      </div>
      <p class="hint">{words.people.blockSaid}</p>
    </section>
  );
}

function ShowAgain({ author }: { readonly author: string }) {
  const { phone, words } = useScene();
  return (
    <button type="button" class="button" onClick={() => void phone.local.hide("blocked", author, false)}>
      {words.people.unblock}
    </button>
  );
}

function heardText(meetings: number, { people }: Words): string {
  if (meetings === 0) return people.recent;
  return meetings < LONG_AGO_MEETINGS ? people.meetings(meetings) : people.longAgo;
}
