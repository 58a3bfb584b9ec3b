// Keeping everything this phone knows as one file, and bringing such a file back to life.
import { Trouble, useActing } from "../parts/acting.tsx";
import { FileField } from "../parts/file-field.tsx";
import { PageHead } from "../parts/page-head.tsx";
import { saveFile } from "../parts/save-file.ts";
import { useScene } from "../parts/scene.tsx";

export function CopyPage() {
  const { phone, view, words, times, say } = useScene();
  const acting = useActing();
  const save = () =>
    acting.run(async () => saveFile(await phone.festivals.copy(), `lagerfeuer-${times.dateOf(view.clock.now)}.ops`));
  const refill = async (bytes: Uint8Array) => {
    await acting.run(async () => say(words.copy.added((await phone.festivals.refill(bytes)).added)));
  };
  return (
    <>
      <PageHead back>{words.copy.title}</PageHead>
      <p>{words.copy.said}</p>
      <p>
        <button type="button" class="button ember big" disabled={acting.busy} onClick={() => void save()}>
          {words.copy.save}
        </button>
      </p>
      <section>
        <h2>{words.copy.refill}</h2>
        <p>{words.copy.refillSaid}</p>
        <FileField label={words.copy.refill} take={refill} />
      </section>
      <Trouble acting={acting} />
    </>
  );
}
