// A screen whose words are read from the right: everything placed from the left, seen in a mirror. Letters, codes and
// numbers are not turned themselves.
import type { Box, Mark } from "./marks.ts";

export function mirrored(marks: readonly Mark[], width: number): readonly Mark[] {
  return marks.map((mark) => {
    const box = mirroredBox(mark.box, width);
    if (mark.kind === "text") return { ...mark, box, x: box.x + mark.x - mark.box.x };
    if (mark.kind === "shape" && mark.shape === "arrow") return { ...mark, box, shape: "arrow-left" };
    return { ...mark, box };
  });
}

function mirroredBox(box: Box, width: number): Box {
  return { ...box, x: width - box.x - box.width };
}
