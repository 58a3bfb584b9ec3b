// In which zone a schedule file thinks: the one it names, else one whose clock shows the offsets it writes (M-80).
import { quoted } from "./fit.ts";
import { knownTimezone } from "./local-time.ts";
import { fitsTimezone, fixedTimezone, type OffsetSample } from "./offset-timezone.ts";

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
  if (timezone !== undefined) return { timezone, ...contradiction(timezone, samples) };
  const fitting = fittingTimezone(samples, importer);
  if (named === undefined || named === "") return fitting;
  return { ...fitting, why: `zone ${quoted(named)} is not known; ${fitting.timezone} was taken` };
}

/** What is written with an offset is an instant and stays one, whatever zone the file names. */
function contradiction(timezone: string, samples: readonly OffsetSample[]): { why?: string } {
  const others = samples.filter((sample) => !fitsTimezone([sample], timezone)).length;
  if (others === 0) return {};
  return { why: `${others} times are written with another offset than ${timezone} has; their instants were kept` };
}

function fittingTimezone(samples: readonly OffsetSample[], importer: string): ChosenTimezone {
  const [first] = samples;
  if (first === undefined) return { timezone: importer, why: `names no zone; ${importer} was taken` };
  if (fitsTimezone(samples, importer)) return { timezone: importer };
  const fixed = fixedTimezone(first.offsetMinutes);
  const timezone = fixed !== undefined && fitsTimezone([first], fixed) ? fixed : importer;
  return { timezone, why: `names no zone and ${importer} does not fit its offsets; ${timezone} was taken` };
}
