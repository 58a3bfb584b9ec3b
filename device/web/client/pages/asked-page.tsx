// The owner's desk (D-23): what is asked of me, to be answered with yes, no, later, and words; what I answered before; and
// what I ask of others.
import { useState } from "preact/hooks";
import type { RequestView } from "../festival/view.ts";
import { Trouble, useActing } from "../parts/acting.tsx";
import { stateText } from "../parts/dots.tsx";
import { TextField } from "../parts/field.tsx";
import { Empty, PageHead } from "../parts/page-head.tsx";
import { plainLine } from "../parts/plain-text.ts";
import { Said, SaidLink } from "../parts/said.tsx";
import { useScene } from "../parts/scene.tsx";
import { useName, Who } from "../parts/who.tsx";
import { linkTo } from "./route.ts";

export function AskedPage() {
  const { view, words } = useScene();
  const own = new Set(view.ownKeys);
  const answered = view.requests.filter(
    ({ answerer, state }) =>
      answerer !== undefined && own.has(answerer) && (state.state === "confirmed" || state.state === "waiting"),
  );
  const mine = view.requests.filter(({ mine: asked, state }) => asked && state.state !== "withdrawn");
  return (
    <>
      <PageHead back>{words.asked.title}</PageHead>
      {view.askedOfMe.length === 0 && <Empty>{words.asked.empty}</Empty>}
      {view.askedOfMe.map((request) => (
        <Question key={request.id} request={request} />
      ))}
      <Settled title={words.asked.before} requests={answered} act={words.asked.giveBack} />
      <Settled title={words.asked.yours} requests={mine} act={words.asked.takeBack} />
    </>
  );
}

function Question({ request }: { readonly request: RequestView }) {
  const { phone, words, times, say } = useScene();
  const name = useName();
  const acting = useActing();
  const [note, setNote] = useState("");
  const [taken, setTaken] = useState(false);
  const answer = async (verdict: "accept" | "reject" | "wait", share = false) => {
    const how = { ...(note.trim() !== "" && { note: note.trim() }), ...(share && { share }) };
    const done = await acting.run(() =>
      phone.acts.answer(request.id, verdict, how).catch((error: unknown) => {
        setTaken((error as { readonly code?: string }).code === "E_TAKEN");
        throw error;
      }),
    );
    if (done) say(words.asked.answered);
  };
  return (
    <article class="card question">
      <h2>{words.asked.wants(name(request.author), plainLine(request.resourceTitle ?? words.dot.awaited))}</h2>
      <p>
        <Who author={request.author} /> {words.asked.for}{" "}
        <SaidLink text={request.eventTitle ?? words.dot.awaited} href={linkTo("event", request.event)} />
      </p>
      <p class="asked-time">
        {words.when.range(times.moment(request.span.start), times.time(request.span.end))}
        {request.quantity > 1 && ` · × ${times.number(request.quantity)}`}
      </p>
      {request.note !== undefined && (
        <p class="quote">
          <Said text={request.note} />
        </p>
      )}
      <TextField label={words.asked.words} value={note} maxLength={200} change={setNote} />
      <Trouble acting={acting} />
      {taken && <p class="news">{words.asked.taken}</p>}
      <div class="deeds">
        {taken ? (
          <button type="button" class="button yes" disabled={acting.busy} onClick={() => void answer("accept", true)}>
            {words.asked.share}
          </button>
        ) : (
          <button type="button" class="button yes" disabled={acting.busy} onClick={() => void answer("accept")}>
            {words.asked.yes}
          </button>
        )}
        <button type="button" class="button" disabled={acting.busy} onClick={() => void answer("reject")}>
          {words.asked.no}
        </button>
        <button type="button" class="button" disabled={acting.busy} onClick={() => void answer("wait")}>
          {words.asked.wait}
        </button>
      </div>
    </article>
  );
}

interface SettledProps {
  readonly title: string;
  readonly requests: readonly RequestView[];
  /** What gives it back. */
  readonly act: string;
}

function Settled({ title, requests, act }: SettledProps) {
  const { phone, words, times } = useScene();
  const acting = useActing();
  if (requests.length === 0) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul class="plain settled">
        {requests.map((request) => (
          <li key={request.id} class="card">
            <p>
              <Said text={request.resourceTitle ?? words.dot.awaited} /> {words.asked.for}{" "}
              <SaidLink text={request.eventTitle ?? words.dot.awaited} href={linkTo("event", request.event)} />
              <br />
              <small>
                {words.when.range(times.moment(request.span.start), times.time(request.span.end))} ·{" "}
                {stateText(request, words)}
              </small>
            </p>
            <button
              type="button"
              class="quiet"
              disabled={acting.busy}
              onClick={() => void acting.run(() => phone.acts.release(request.id))}
            >
              {act}
            </button>
          </li>
        ))}
      </ul>
      <Trouble acting={acting} />
    </section>
  );
}
