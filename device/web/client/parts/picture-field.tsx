// Choosing a picture: made small at once, with what the camera wrote along gone before anything leaves the phone.
import { useEffect, useId, useState } from "preact/hooks";
import type { PictureInput } from "../phone.ts";
import { useScene } from "./scene.tsx";
import { shrinkPicture } from "./shrink-picture.ts";

export interface PictureFieldProps {
  readonly pictures: readonly PictureInput[];
  readonly change: (pictures: readonly PictureInput[]) => void;
}

const MAX_PICTURES = 5;
const BYTES_PER_KILOBYTE = 1024;

export function PictureField({ pictures, change }: PictureFieldProps) {
  const { words, times } = useScene();
  const id = useId();
  const [state, setState] = useState("");
  const take = async (file: Blob | undefined) => {
    if (file === undefined) return;
    setState(words.common.working);
    const small = await shrinkPicture(file);
    if (small === "unreadable") return setState(words.trouble.picture);
    if (small === "too large") return setState(words.trouble.tooLarge);
    change([...pictures, small].slice(-MAX_PICTURES));
    setState(words.note.shrunk(times.number(Math.ceil(small.bytes.length / BYTES_PER_KILOBYTE))));
  };
  return (
    <div class="field picture-field">
      <label for={id}>{words.make.pictures}</label>
      <input id={id} type="file" accept="image/*" onChange={(event) => void take(event.currentTarget.files?.[0])} />
      <p class="hint" role="status">
        {state}
      </p>
      <div class="chosen-pictures">
        {pictures.map((picture) => (
          <Preview key={picture} picture={picture} drop={() => change(pictures.filter((other) => other !== picture))} />
        ))}
      </div>
    </div>
  );
}

function Preview({ picture, drop }: { readonly picture: PictureInput; readonly drop: () => void }) {
  const { words } = useScene();
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([picture.bytes as Uint8Array<ArrayBuffer>], { type: picture.type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return (
    <figure>
      {url !== undefined && <img class="photo" src={url} alt={words.note.picture} />}
      <button type="button" class="quiet" onClick={drop}>
        {words.note.takeBack}
      </button>
    </figure>
  );
}
