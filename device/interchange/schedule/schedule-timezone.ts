// In which zone a schedule file thinks: the one it names, else one whose clock shows the offsets it writes (M-80).
import { knownTimezone } from "../local-time.ts";
import { fitsTimezone, fixedTimezone, type OffsetSample } from "../offset-timezone.ts";
import { quoted } from "../text/fit.ts";

export interface ChosenTimezone {
  readonly timezone: string;
  /** Set where the file's own words do not settle it. */
  readonly why?: string;
}

/** `importer` is the zone of whoever imports; it is preferred over a bare offset if it fits. */
export function chooseTimezone(
  named: string | undefined,
  samples: readonly OffsetSample[],
  importer: string,
): ChosenTimezone {
  const timezone = named === undefined || named === "" ? undefined : knownTimezone(named);
  const fitting = fittingTimezone(samples, importer);
  if (timezone !== undefined) return settleContradiction(timezone, samples, fitting.timezone);
  if (named === undefined || named === "") return fitting;
  return { ...fitting, why: `zone ${quoted(named)} is not known; ${fitting.timezone} was taken` };
}

/**
 * What is written with an offset is an instant and stays one, whatever zone the file names. A zone that fits none of
 * them is a setting nobody looked at: DemoCon says UTC and writes "+01:00" throughout.
 */
function settleContradiction(named: string, samples: readonly OffsetSample[], fitting: string): ChosenTimezone {
  const others = samples.filter((sample) => !fitsTimezone([sample], named)).length;
  if (others === 0) return { timezone: named };
  const why = `${others} times are written with another offset than ${named} has; their instants were kept`;
  if (others < samples.length) return { timezone: named, why };
  return { timezone: fitting, why: `${why}, and ${fitting} was taken for the zone` };
}

function fittingTimezone(samples: readonly OffsetSample[], importer: string): ChosenTimezone {
  const [first] = samples;
  if (first === undefined) return { timezone: importer, why: `names no zone; ${importer} was taken` };
  if (fitsTimezone(samples, importer)) return { timezone: importer };
  const fixed = fixedTimezone(first.offsetMinutes);
  const timezone = fixed !== undefined && fitsTimezone([first], fixed) ? fixed : importer;
  return { timezone, why: `names no zone and ${importer} does not fit its offsets; ${timezone} was taken` };
}
