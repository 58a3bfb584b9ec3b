// A long list of which only what is near the screen is drawn: chapters of pieces of rows, so that filtering and scrolling
// never wait. What is out of reach leaves a gap of its own height, so "back" finds its place and the bar at the edge is true.
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { watchReach } from "./reach.ts";

/** Few enough to be drawn within one frame of a slow phone. */
const PIECE = 2;
/** So that a list of a thousand rows is some forty gaps for whoever does not scroll. */
const CHAPTER = 12 * PIECE;
/** Of a row that nobody has seen yet, with its gap. */
const ROW_PIXELS = 92;
/** Drawn at once, without waiting to be looked at: as many as fit below the fields above a list of a phone. */
const AT_ONCE = 2 * PIECE;

export interface LongListProps<Item extends object> {
  readonly items: readonly Item[];
  readonly draw: (item: Item) => ComponentChildren;
  /** Whether this list stands at the top of its page. */
  readonly first?: boolean;
}

export function LongList<Item extends object>({ items, draw, first = true }: LongListProps<Item>) {
  return (
    <>
      {partsOf(items, CHAPTER).map((chapter, index) => (
        <Chapter key={index} items={chapter} draw={draw} first={first && index === 0} />
      ))}
    </>
  );
}

function Chapter<Item extends object>({ items, draw, first = true }: LongListProps<Item>) {
  const reach = useReach<Item, HTMLDivElement>(items, first);
  return (
    <div ref={reach.place} class="chapter" style={reach.gap}>
      {reach.near &&
        partsOf(items, PIECE).map((piece, index) => (
          <Piece key={index} items={piece} draw={draw} first={first && index * PIECE < AT_ONCE} />
        ))}
    </div>
  );
}

function Piece<Item extends object>({ items, draw, first = true }: LongListProps<Item>) {
  const reach = useReach<Item, HTMLUListElement>(items, first);
  return (
    <ul ref={reach.place} class="rows" aria-hidden={reach.near ? undefined : true} style={reach.gap}>
      {reach.near && items.map(draw)}
    </ul>
  );
}

/** Whether some items are near the screen, and how much room they take while they are not. */
function useReach<Item extends object, Place extends Element>(items: readonly Item[], atOnce: boolean) {
  const [near, setNear] = useState(atOnce);
  const place = useRef<Place>(null);
  const [head = NOTHING] = items;
  useEffect(() => {
    const tell = (isNear: boolean, height: number) => {
      if (!isNear && height > 0) heights.set(head, { items: items.length, height });
      setNear(isNear);
    };
    return place.current === null ? undefined : watchReach(place.current, tell);
  }, [head]);
  const known = heights.get(head);
  const height = known?.items === items.length ? known.height : items.length * ROW_PIXELS;
  return { near, place, gap: near ? undefined : { blockSize: `${height}px` } };
}

const NOTHING = {};
/** By the first item of a piece or a chapter: the same as long as nothing in it changed. */
const heights = new WeakMap<object, { readonly items: number; readonly height: number }>();

function partsOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
