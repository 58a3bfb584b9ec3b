// What hangs on the wall and how it does, a line for each thing, for people who ask for the status.
import type { OutputState, RefreshNote } from "./display/output/output.ts";

export function screenText(state: OutputState): string[] {
  const { output, glass, rotation, error, waiting, lastRefresh, refreshesToday, worn, panel, power, powerWay } = state;
  const size = glass === undefined ? "" : `, ${glass.width} × ${glass.height} px`;
  const retry = error?.retryInS === undefined ? "" : `; tried again in ${error.retryInS} s`;
  return [
    `${output}${size}${rotation === 0 ? "" : `, hangs turned by ${rotation}°`}`,
    ...(error ? [`${error.code}: ${error.message}${retry}`] : []),
    ...(waiting ? [`waits (${waiting.reason})${waiting.until === undefined ? "" : ` until ${waiting.until}`}`] : []),
    ...(power ? [`power ${power}${powerWay === undefined ? "" : ` by ${powerWay}`}`] : []),
    ...(lastRefresh ? [`last refresh: ${noteText(lastRefresh)}`] : []),
    ...(refreshesToday ? [`today: ${refreshesToday.flashes} flashes, ${refreshesToday.partials} partial`] : []),
    ...(worn ? ["worn: more flashes today than the panel should see"] : []),
    ...(panel ? [lifeText(panel)] : []),
    ...(state.recent ?? []).map(noteText),
  ];
}

function lifeText({ full, fast, partial, failures, coldestC, hottestC }: NonNullable<OutputState["panel"]>): string {
  const warmth = coldestC === undefined || hottestC === undefined ? "" : `, ${coldestC} to ${hottestC} °C`;
  return `in its life: ${full} full, ${fast} fast, ${partial} partial, ${failures} failed${warmth}`;
}

function noteText({ at, kind, ms }: RefreshNote): string {
  return `${at} ${kind}${ms === undefined ? ", no answer" : `, ${ms} ms`}`;
}
