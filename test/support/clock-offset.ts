// Loaded before anything else (`--import`) in a box whose clock is wrong: every `Date` of the process is off by CLOCK_OFFSET
// seconds, or begins in 1970 where it says "none", as on a board without a clock chip. What time has passed stays right.

const offset = process.env["CLOCK_OFFSET"];

if (offset !== undefined) {
  const rightNow = Date.now;
  const offsetMs = offset === "none" ? -rightNow() : Number(offset) * 1_000;
  if (Number.isNaN(offsetMs))
    throw new RangeError(`Cannot read CLOCK_OFFSET: "${offset}" is neither seconds nor "none"`);
  Date.now = () => rightNow() + offsetMs;
  globalThis.Date = new Proxy(Date, {
    construct: (date, args, newTarget) => Reflect.construct(date, args.length === 0 ? [date.now()] : args, newTarget),
  });
}
