// Who am I: my animals, what they say about themselves, a spare key, and bringing one back. No name, mail or password.
import { useState } from "preact/hooks";
import { Trouble, useActing } from "../parts/acting.tsx";
import { Animal } from "../parts/animal.tsx";
import { TextField } from "../parts/field.tsx";
import { FileField } from "../parts/file-field.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { QrCode } from "../parts/qr-code.tsx";
import { Said } from "../parts/said.tsx";
import { saveFile } from "../parts/save-file.ts";
import { useScene } from "../parts/scene.tsx";
import { addressOf } from "./route.ts";

export function KeysPage() {
  const { view, words } = useScene();
  return (
    <>
      <PageHead back>{words.keys.title}</PageHead>
      <p>{words.keys.said}</p>
      <ul class="plain own-keys">
        {view.ownKeys.map((key) => (
          <OwnKey key={key} own={key} />
        ))}
      </ul>
      <OwnCode />
      <Another />
      <Profile />
      <Backup />
      <Restore />
      <Forget />
    </>
  );
}

function OwnKey({ own }: { readonly own: string }) {
  const { phone, view, words } = useScene();
  const acting = useActing();
  const person = view.personByKey.get(own);
  if (person === undefined) return null;
  return (
    <li class="card own-key">
      <Animal hash={person.hash} size={own === view.me ? "large" : "middle"} beads={own === view.me} />
      <p>
        {own === view.me && <small>{words.keys.acting}</small>}
        <strong>
          <Said text={person.name ?? person.animal} />
        </strong>
      </p>
      {own !== view.me && (
        <button
          type="button"
          class="button"
          disabled={acting.busy}
          onClick={() => void acting.run(() => phone.keys.choose(own))}
        >
          {words.keys.choose}
        </button>
      )}
    </li>
  );
}

/** Of the page of this animal, for a camera. */
function OwnCode() {
  const { view, words } = useScene();
  return (
    <details class="drawer">
      <summary>{words.keys.code}</summary>
      <p>{words.keys.codeSaid}</p>
      <QrCode address={addressOf("person", view.me)} />
    </details>
  );
}

function Another() {
  const { phone, words } = useScene();
  const acting = useActing();
  return (
    <section>
      <button
        type="button"
        class="button"
        disabled={acting.busy}
        onClick={() => void acting.run(async () => void (await phone.keys.add()))}
      >
        {words.keys.add}
      </button>
      <p class="hint">{words.keys.addSaid}</p>
      <Trouble acting={acting} />
    </section>
  );
}

function Profile() {
  const { phone, view, words, say } = useScene();
  const me = view.personByKey.get(view.me);
  const [fields, setFields] = useState({ name: me?.name ?? "", about: me?.about ?? "", pronouns: me?.pronouns ?? "" });
  const acting = useActing();
  const save = async () => {
    const text = (value: string) => (value.trim() === "" ? null : value.trim());
    const profile = { name: text(fields.name), about: text(fields.about), pronouns: text(fields.pronouns) };
    if (await acting.run(() => phone.acts.setProfile(profile))) say(words.common.done);
  };
  return (
    <details class="drawer">
      <summary>{words.keys.profile}</summary>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label={`${words.keys.name} (${words.common.optional})`}
          value={fields.name}
          maxLength={50}
          change={(name) => setFields({ ...fields, name })}
        />
        <TextField
          label={words.keys.pronouns}
          value={fields.pronouns}
          maxLength={30}
          change={(pronouns) => setFields({ ...fields, pronouns })}
        />
        <TextField
          label={words.keys.about}
          value={fields.about}
          rows={3}
          change={(about) => setFields({ ...fields, about })}
        />
        <Trouble acting={acting} />
        <button type="submit" class="button ember" disabled={acting.busy}>
          {words.common.save}
        </button>
      </form>
    </details>
  );
}

function Backup() {
  const { phone, view, words } = useScene();
  const [spare, setSpare] = useState<readonly string[]>([]);
  const acting = useActing();
  return (
    <section>
      <h2>{words.keys.backup}</h2>
      <p>{words.keys.backupSaid}</p>
      <div class="deeds">
        <button
          type="button"
          class="button"
          onClick={() => void acting.run(async () => saveFile(await phone.keys.backupFile(), "lagerfeuer-keys.json"))}
        >
          {words.keys.backupFile}
        </button>
        <button
          type="button"
          class="button"
          onClick={() => void acting.run(async () => setSpare(await phone.keys.backupWords(view.me)))}
        >
          {words.keys.backupWords}
        </button>
      </div>
      {spare.length > 0 && (
        <>
          <p class="news">{words.keys.wordsSaid}</p>
          <ol class="spare-words" lang="en" dir="ltr">
            {spare.map((word, index) => (
              <li key={`${index}${word}`}>{word}</li>
            ))}
          </ol>
        </>
      )}
      <Trouble acting={acting} />
    </section>
  );
}

function Restore() {
  const { phone, words, say } = useScene();
  const [typed, setTyped] = useState("");
  const acting = useActing();
  const restore = async (backup: Uint8Array | string) => {
    const done = await acting.run(async () => void (await phone.keys.restore(backup)));
    if (!done) return;
    setTyped("");
    say(words.keys.restored);
  };
  return (
    <details class="drawer">
      <summary>{words.keys.restore}</summary>
      <p>{words.keys.restoreSaid}</p>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() !== "") void restore(typed.trim());
        }}
      >
        <TextField label={words.keys.restoreWords} value={typed} rows={3} change={setTyped} />
        <button type="submit" class="button" disabled={acting.busy}>
          {words.keys.restoreDo}
        </button>
        <FileField label={words.keys.restoreFile} accept=".json,application/json" take={restore} />
        <Trouble acting={acting} />
      </form>
    </details>
  );
}

function Forget() {
  const { phone, view, words, say } = useScene();
  const acting = useActing();
  const forget = async () => {
    if (await acting.run(() => phone.acts.askToForget(view.me))) say(words.common.done);
  };
  return (
    <details class="take-back">
      <summary>{words.keys.forget}</summary>
      <p>{words.keys.forgetSaid}</p>
      <button type="button" class="button" disabled={acting.busy} onClick={() => void forget()}>
        {words.keys.forget}
      </button>
      <Trouble acting={acting} />
    </details>
  );
}
