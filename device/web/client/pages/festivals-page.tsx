// The festivals of this phone: go to another one, join one by its words or link, bring somebody along, leave.
import { useState } from "preact/hooks";
import { Trouble, useActing } from "../parts/acting.tsx";
import { TextField } from "../parts/field.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { QrCode } from "../parts/qr-code.tsx";
import { Said } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import type { JoinedFestival } from "../phone.ts";
import { goTo } from "./route.ts";

export function FestivalsPage() {
  const { phone, words } = useScene();
  const [, look] = useState(0);
  return (
    <>
      <PageHead back>{words.join.title}</PageHead>
      <p>{words.join.said}</p>
      <ul class="plain">
        {phone.festivals.list().map((festival) => (
          <Festival key={festival.topic} festival={festival} changed={() => look(Date.now())} />
        ))}
      </ul>
      <Join />
      <Invite />
    </>
  );
}

function Festival({ festival, changed }: { readonly festival: JoinedFestival; readonly changed: () => void }) {
  const { phone, words } = useScene();
  const acting = useActing();
  return (
    <li class="card">
      <strong>
        <Said text={festival.name ?? words.join.nameless} />
      </strong>
      {festival.current ? (
        <p>{words.join.here}</p>
      ) : (
        <div class="deeds">
          <button
            type="button"
            class="button"
            disabled={acting.busy}
            onClick={() => void acting.run(() => phone.festivals.show(festival.topic)).then(() => goTo("programme"))}
          >
            {words.join.show}
          </button>
          <details class="take-back">
            <summary>{words.join.leave}</summary>
            <p>{words.join.leaveSaid}</p>
            <button
              type="button"
              class="button"
              disabled={acting.busy}
              onClick={() => void acting.run(() => phone.festivals.leave(festival.topic)).then(changed)}
            >
              {words.join.leave}
            </button>
          </details>
        </div>
      )}
      <Trouble acting={acting} />
    </li>
  );
}

function Join() {
  const { phone, words } = useScene();
  const [code, setCode] = useState("");
  const acting = useActing();
  const join = async () => {
    if (await acting.run(async () => void (await phone.festivals.join(code.trim())))) goTo("programme");
  };
  return (
    <section>
      <h2>{words.join.join}</h2>
      <form
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void join();
        }}
      >
        <TextField label={words.join.code} hint={words.join.codeHint} value={code} rows={2} change={setCode} />
        <Trouble acting={acting} />
        <button type="submit" class="button ember" disabled={acting.busy}>
          {words.join.do}
        </button>
      </form>
    </section>
  );
}

function Invite() {
  const { phone, words } = useScene();
  const address = phone.festivals.invitation();
  return (
    <section>
      <h2>{words.join.invite}</h2>
      <p>{words.join.inviteSaid}</p>
      <QrCode address={address} />
      <TextField label={words.join.code} value={address} rows={2} change={() => undefined} />
    </section>
  );
}
