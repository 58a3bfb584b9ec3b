// A picture that travels with the festival. Until its bytes are here, a sheet of paper holds its place.
import { useEffect, useState } from "preact/hooks";
import type { PictureView } from "../festival/view.ts";
import { useScene } from "./scene.tsx";

export interface PhotoProps {
  readonly picture: PictureView;
  readonly alt: string;
}

export function Photo({ picture, alt }: PhotoProps) {
  const { phone, view, words } = useScene();
  const [url, setUrl] = useState<string | undefined>(undefined);
  useEffect(() => {
    let gone = false;
    let made: string | undefined;
    const show = (blob: Blob | undefined) => {
      if (gone || blob === undefined) return;
      made = URL.createObjectURL(blob);
      setUrl(made);
    };
    phone.picture(picture.hash).then(show, () => undefined);
    return () => {
      gone = true;
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [phone, picture.hash, url === undefined && view]);
  if (url === undefined) return <p class="photo awaited">{words.note.loading}</p>;
  return <img class="photo" src={url} alt={alt} loading="lazy" />;
}
