// The fire: how fresh this view is, who is around, how safe one's own things are, and the ways to everything else.
import { useState } from "preact/hooks";
import { Trouble, useActing } from "../parts/acting.tsx";
import { Animal } from "../parts/animal.tsx";
import { CampFire, useFreshness } from "../parts/camp-fire.tsx";
import { Coming } from "../parts/coming.tsx";
import { TextField } from "../parts/field.tsx";
import { Icon } from "../parts/icon.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { plainLine } from "../parts/plain-text.ts";
import { Said } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import { ALL_WORDS } from "../words/words.ts";
import { linkTo, type PageName } from "./route.ts";

const WAYS = [
  "people",
  "pages",
  "conduct",
  "keys",
  "festivals",
  "copy",
  "hidden",
  "asked",
] as const satisfies readonly PageName[];
/** Who fits around a fire. */
const MAX_AROUND = 11;
const DAY_SECONDS = 86_400;
/** Full from three other devices on (D-28). */
const WELL_KEPT_DEVICES = 3;

export function FirePage() {
  const { view, words } = useScene();
  return (
    <>
      <PageHead>{words.fire.title}</PageHead>
      <Hearth />
      <Spark />
      <Kept />
      <Boxes />
      <section>
        <h2>{words.fire.more}</h2>
        <ul class="ways-list">
          {WAYS.map((page) => (
            <li key={page}>
              <a href={linkTo(page)}>
                {words.fire[page]}
                {page === "asked" && view.askedOfMe.length > 0 && <span class="count">{view.askedOfMe.length}</span>}
              </a>
            </li>
          ))}
        </ul>
      </section>
      <Languages />
    </>
  );
}

function Hearth() {
  const { view, words } = useScene();
  const fresh = useFreshness();
  const { link, counts, people } = view;
  const state = { alone: "alone", looking: "looking", "catching up": "catching", together: "together" } as const;
  const around = [...people].sort((a, b) => a.meetingsAgo - b.meetingsAgo).slice(0, MAX_AROUND);
  return (
    <section class="hearth-place" aria-label={words.fire.around}>
      <CampFire large />
      <ul class="around">
        {around.map((person, index) => (
          <li key={person.key} class={`seat-${index}`}>
            <a href={linkTo("person", person.key)} aria-label={plainLine(person.name ?? person.animal)}>
              <Animal hash={person.hash} size="middle" />
            </a>
          </li>
        ))}
      </ul>
      <p class="fire-words">{words.fire[state[link.state]]}</p>
      <Coming />
      <p class="hint">
        {fresh} · {words.fire.things(words.fire.thingCount(counts.documents), words.fire.animalCount(people.length))}
        {counts.unreadable > 0 && ` · ${words.fire.unreadable(counts.unreadable)}`}
      </p>
    </section>
  );
}

/** Another one each day, and for each animal. */
function Spark() {
  const { view, words } = useScene();
  const day = Math.floor(view.clock.now / DAY_SECONDS);
  const turn = Number.parseInt(view.me.slice(0, 6), 16) || 0;
  return (
    <section class="spark">
      <h2>{words.fire.spark}</h2>
      <p>{words.fire.sparks[(day + turn) % words.fire.sparks.length]}</p>
    </section>
  );
}

function Kept() {
  const { view, words } = useScene();
  const { things, devices } = view.carried;
  const heart = devices === 0 ? "empty" : devices < WELL_KEPT_DEVICES ? "half" : "full";
  return (
    <section>
      <h2>{words.fire.mine}</h2>
      <p class="how-safe">
        <Icon name="heart" full={heart === "full"} />
        {things === 0 ? words.fire.nothingMine : `${words.fire.carried(devices)}: ${words.fire.heart[heart]}`}
      </p>
    </section>
  );
}

function Boxes() {
  const { phone, view, words, say } = useScene();
  const [address, setAddress] = useState("");
  const acting = useActing();
  const meet = async () => {
    const done = await acting.run(async () => phone.meetBox(address.trim()));
    if (!done) return;
    setAddress("");
    say(words.fire.looking);
  };
  return (
    <section>
      <h2>{words.fire.boxes}</h2>
      {view.link.boxes.length === 0 && <p>{words.fire.noBoxes}</p>}
      <ul class="plain boxes">
        {view.link.boxes.map((box) => (
          <li key={box.address}>
            <i class={`lamp ${box.state === "away" ? "closed" : "free"}`} aria-hidden="true" />{" "}
            <Said text={box.address} />{" "}
            <small>
              {words.fire.box[box.state]}
              {box.home && ` · ${words.fire.home}`}
            </small>
          </li>
        ))}
      </ul>
      <form
        class="form line"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (address.trim() !== "") void meet();
        }}
      >
        <TextField label={words.fire.meet} hint={words.fire.meetHint} value={address} change={setAddress} />
        <button type="submit" class="button">
          {words.join.do}
        </button>
      </form>
      <Trouble acting={acting} />
    </section>
  );
}

function Languages() {
  const { words, speak } = useScene();
  return (
    <section>
      <h2>{words.fire.language}</h2>
      <div class="deeds">
        {ALL_WORDS.map(({ lang, own }) => (
          <button
            key={lang}
            type="button"
            class="button"
            lang={lang}
            aria-pressed={lang === words.lang}
            onClick={() => speak(lang)}
          >
            {own}
          </button>
        ))}
      </div>
    </section>
  );
}
