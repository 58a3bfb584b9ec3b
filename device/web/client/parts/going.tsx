// Who comes: three buttons, the animals of those who said so, and numbers that never pretend to be the whole (M-35).
import { useState } from "preact/hooks";
import type { EventView, MyRsvpView } from "../festival/view.ts";
import { Trouble, useActing } from "./acting.tsx";
import { Animal } from "./animal.tsx";
import { useScene } from "./scene.tsx";
import { Who } from "./who.tsx";

const ANSWERS = [
  { going: "yes", word: "imComing" },
  { going: "maybe", word: "maybe" },
  { going: "no", word: "notComing" },
] as const;
const MAX_FRIENDS = 10;
const MAX_ANIMALS = 24;

export function Going({ event }: { readonly event: EventView }) {
  const { phone, words } = useScene();
  const acting = useActing();
  const say = (going: MyRsvpView["going"], n = event.myRsvp?.n ?? 1) =>
    void acting.run(() => phone.acts.rsvp(event.id, going, n));
  return (
    <section class="going">
      <h2>{words.event.going}</h2>
      <div class="going-buttons">
        {ANSWERS.map(({ going, word }) => (
          <button
            key={going}
            type="button"
            class={`button ${going}`}
            aria-pressed={event.myRsvp?.going === going}
            disabled={acting.busy || event.status === "cancelled"}
            onClick={() => say(going)}
          >
            {words.event[word]}
          </button>
        ))}
      </div>
      {event.myRsvp?.going === "yes" && <Friends n={event.myRsvp.n} say={(n) => say("yes", n)} />}
      <Seat event={event} />
      <Trouble acting={acting} />
      <Crowd event={event} />
    </section>
  );
}

function Friends({ n, say }: { readonly n: number; readonly say: (n: number) => void }) {
  const { words, times } = useScene();
  return (
    <fieldset class="stepper">
      <legend>{words.event.friends}</legend>
      <button type="button" class="round" aria-label="−" disabled={n <= 1} onClick={() => say(n - 1)}>
        −
      </button>
      <output>{times.number(n)}</output>
      <button type="button" class="round" aria-label="+" disabled={n >= MAX_FRIENDS} onClick={() => say(n + 1)}>
        +
      </button>
    </fieldset>
  );
}

function Seat({ event }: { readonly event: EventView }) {
  const { words } = useScene();
  const seat = event.myRsvp?.seat;
  if (seat === undefined) return null;
  return <p class="seat">{seat.state === "held" ? words.event.seatHeld : words.event.seatWaiting(seat.position)}</p>;
}

function Crowd({ event }: { readonly event: EventView }) {
  const { view, words } = useScene();
  const { going, capacity = 0 } = event;
  const lines = [
    going.people > 0 ? words.event.comes(going.people) : words.event.nobodyYet,
    going.maybe > 0 ? words.event.maybes(going.maybe) : "",
    going.door > 0 ? words.event.atDoor(going.door) : "",
    capacity > 0 ? words.event.seats(capacity) : "",
  ];
  return (
    <>
      <p class="crowd-words">{lines.filter(Boolean).join(" · ")}</p>
      {going.keys.length > 0 && (
        <ul class="crowd">
          {going.keys.slice(0, MAX_ANIMALS).map((key) => (
            <li key={key}>
              <Who author={key} />
            </li>
          ))}
        </ul>
      )}
      {event.mine && event.join === "answer" && (
        <GiveSeats event={event} keys={going.keys.filter((key) => !view.ownKeys.includes(key))} />
      )}
    </>
  );
}

/** Only the host's own phone gives seats (M-34). */
function GiveSeats({ event, keys }: { readonly event: EventView; readonly keys: readonly string[] }) {
  const { phone, view, words } = useScene();
  const acting = useActing();
  const [given, setGiven] = useState<readonly string[]>([]);
  if (keys.length === 0) return null;
  const give = (key: string) => {
    setGiven([...given, key]);
    void acting.run(() => phone.acts.seat(event.id, key, "accept"));
  };
  return (
    <section class="seats">
      <h3>{words.event.seatsFor}</h3>
      {keys.map((key) => (
        <button key={key} type="button" class="button" disabled={given.includes(key)} onClick={() => give(key)}>
          <Animal hash={view.personByKey.get(key)?.hash ?? key} /> {words.event.giveSeat}
        </button>
      ))}
      <Trouble acting={acting} />
    </section>
  );
}
