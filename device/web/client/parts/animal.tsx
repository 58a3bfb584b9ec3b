// The animal of a key on the page. Silent for a screen reader: its name always stands beside it.
import { useMemo } from "preact/hooks";
import { type AnimalPicture, animalPicture, beadsOf } from "../animal/animal-picture.ts";
import type { Shape } from "../animal/shapes.ts";

export interface AnimalProps {
  /** `PersonView.hash`, hex. */
  readonly hash: string;
  readonly size?: "small" | "middle" | "large";
  /** With the beads that tell copies apart. */
  readonly beads?: boolean;
}

const MIRROR = "matrix(-1 0 0 1 64 0)";
const drawn = new Map<string, AnimalPicture>();

export function Animal({ hash, size = "small", beads = false }: AnimalProps) {
  return useMemo(() => <Drawing hash={hash} size={size} beads={beads} />, [hash, size, beads]);
}

function Drawing({ hash, size, beads }: Required<AnimalProps>) {
  const picture = pictureOf(hash);
  const animal = (
    <svg class={`animal ${size}`} viewBox="0 0 64 64" aria-hidden="true" focusable="false">
      <rect width="64" height="64" fill={picture.ground} />
      <g transform={picture.turned ? MIRROR : undefined}>{strokesOf(picture.shapes)}</g>
    </svg>
  );
  if (!beads) return animal;
  return (
    <span class="beads">
      <svg viewBox="0 0 64 64" aria-hidden="true" focusable="false">
        {strokesOf(beadsOf(bytesOf(hash)))}
      </svg>
      {animal}
    </span>
  );
}

function strokesOf(shapes: readonly Shape[]) {
  return shapes.flatMap((shape) => (shape.both ? [stroke(shape), stroke(shape, MIRROR)] : [stroke(shape)]));
}

function stroke(shape: Shape, transform?: string) {
  if (shape.line === undefined) return <path d={shape.d} fill={shape.paint} transform={transform} />;
  return (
    <path
      d={shape.d}
      fill="none"
      stroke={shape.paint}
      stroke-width={shape.line}
      stroke-linecap="round"
      stroke-linejoin="round"
      transform={transform}
    />
  );
}

function pictureOf(hash: string): AnimalPicture {
  const known = drawn.get(hash);
  if (known !== undefined) return known;
  const picture = animalPicture(bytesOf(hash));
  drawn.set(hash, picture);
  return picture;
}

function bytesOf(hash: string): Uint8Array {
  return Uint8Array.from(hash.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
