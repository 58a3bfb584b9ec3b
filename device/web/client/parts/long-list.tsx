// A long list of which only what is near the screen is drawn: piece by piece, so that filtering and scrolling never wait.
// A piece that is out of reach leaves a gap of its own height, so "back" finds its place and the bar at the edge is true.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** Few enough to be drawn within one frame of a slow phone. */
const PIECE = 6;
/** Drawn before the reader sees it: about a screen. */
const AHEAD = "700px 0px";
/** Of a row that nobody has seen yet, with its gap. */
const ROW_PIXELS = 92;
/** Drawn at once, without waiting to be looked at: a screenful. */
const FIRST_PIECES = 2;

export interface LongListProps<Item extends object> {
  readonly items: readonly Item[];
  readonly draw: (item: Item) => ComponentChildren;
  /** Whether this list stands at the top of its page. */
  readonly first?: boolean;
}

export function LongList<Item extends object>({ items, draw, first = true }: LongListProps<Item>) {
  const pieces = Array.from({ length: Math.ceil(items.length / PIECE) }, (_, index) =>
    items.slice(index * PIECE, (index + 1) * PIECE),
  );
  return (
    <>
      {pieces.map((piece, index) => (
        <Piece key={index} items={piece} draw={draw} atOnce={first && index < FIRST_PIECES} />
      ))}
    </>
  );
}

interface PieceProps<Item extends object> {
  readonly items: readonly Item[];
  readonly draw: (item: Item) => ComponentChildren;
  readonly atOnce: boolean;
}

function Piece<Item extends object>({ items, draw, atOnce }: PieceProps<Item>) {
  const [near, setNear] = useState(atOnce);
  const place = useRef<HTMLUListElement>(null);
  const [head = NOTHING] = items;
  useEffect(() => {
    const tell = (isNear: boolean, height: number) => {
      if (!isNear && height > 0) heights.set(head, height);
      setNear(isNear);
    };
    return place.current === null ? undefined : watch(place.current, tell);
  }, [head]);
  const gap = heights.get(head) ?? items.length * ROW_PIXELS;
  return (
    <ul
      ref={place}
      class="rows"
      aria-hidden={near ? undefined : true}
      style={near ? undefined : { blockSize: `${gap}px` }}
    >
      {near && items.map(draw)}
    </ul>
  );
}

const NOTHING = {};
/** By the first item of a piece: the same as long as nothing in it changed. */
const heights = new WeakMap<object, number>();

type Tell = (near: boolean, height: number) => void;

/** One observer for all pieces: a list of a thousand rows has many. */
const watched = new Map<Element, Tell>();
let observer: IntersectionObserver | undefined;

function watch(element: Element, tell: Tell): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries) {
        watched.get(target)?.(isIntersecting, boundingClientRect.height);
      }
    },
    { rootMargin: AHEAD },
  );
  watched.set(element, tell);
  observer.observe(element);
  return () => {
    watched.delete(element);
    observer?.unobserve(element);
  };
}
