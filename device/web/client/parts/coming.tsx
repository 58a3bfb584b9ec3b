// How much of what a box has came to this phone, while that takes long enough to wonder.
import { useScene } from "./scene.tsx";

export function Coming() {
  const { view, words, times } = useScene();
  const { progress } = view.link;
  if (progress === undefined) return null;
  const { received, expected } = progress;
  return (
    <p class="coming">
      <progress max={expected} value={received} aria-label={words.fire.catching} />
      {words.fire.progress(times.number(received), times.number(expected))}
    </p>
  );
}
