// Small drawings for buttons, all by the same pen: round ends, one width. Silent; words stand beside them.

const LINES = {
  programme: "M5 6h14M5 12h14M5 18h9",
  plan: "M12 4l2.5 5.2 5.6.7-4.1 3.9 1 5.6-5-2.8-5 2.8 1-5.6-4.1-3.9 5.6-.7z",
  add: "M12 5v14M5 12h14",
  things: "M4 20V11l8-6 8 6v9M4 20h16M10 20v-5h4v5",
  fire: "M12 3c1 4 6 6 6 11a6 6 0 0 1-12 0c0-3 2-4 2-7 2 1 3 2 3 4 1-2 1.5-5 1-8z",
  back: "M15 5l-7 7 7 7",
  find: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.500L20 20",
  hide: "M4 12c3-5 13-5 16 0-3 5-13 5-16 0zM5 19L19 5",
  note: "M5 5h14v10h-8l-4 4v-4H5z",
  fork: "M7 4v5c0 4 10 2 10 7v4M7 9v11M14 17l3 3 3-3",
  heart: "M12 19C5 14 4 11 4 9a4 4 0 0 1 8-1 4 4 0 0 1 8 1c0 2-1 5-8 10z",
  check: "M5 13l4.5 4.500L19 7",
} as const;

export type IconName = keyof typeof LINES;

export function Icon({ name, full = false }: { readonly name: IconName; readonly full?: boolean }) {
  return (
    <svg class={full ? "icon full" : "icon"} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={LINES[name]} />
    </svg>
  );
}
