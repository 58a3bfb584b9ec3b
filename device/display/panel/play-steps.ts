// Plays steps to a panel. It ends in a value, whatever the panel does: a dead one must not stop the relay.
import type { Panel } from "./panel.ts";
import type { PanelStep } from "./script.ts";
import type { PanelTransport } from "./transport.ts";

export interface PanelTime {
  /** Whole seconds since 1970 UTC. */
  nowS(): number;
  /** Only ever goes forward. */
  monotonicMs(): number;
  sleep(ms: number): Promise<void>;
}

export type Played =
  /** `busyMs`: how long the chip took to drive the glass. */
  { readonly kind: "shown"; readonly busyMs: number } | { readonly kind: "failed"; readonly reason: string };

export interface Stage {
  readonly panel: Panel;
  readonly transport: PanelTransport;
  readonly time: PanelTime;
}

const READ_REGISTER = 0x0010;
const REGISTER_BYTES = 2;
/** Often enough for a refresh of 300 ms, seldom enough to cost nothing. */
const REGISTER_INTERVAL_MS = 20;

export async function playSteps(steps: readonly PanelStep[], stage: Stage): Promise<Played> {
  let busyMs = 0;
  try {
    for (const step of steps) {
      const startMs = stage.time.monotonicMs();
      if (!(await playStep(step, stage))) return { kind: "failed", reason: noAnswer(step) };
      if ("drives" in step && step.drives) busyMs += stage.time.monotonicMs() - startMs;
    }
  } catch (cause) {
    return { kind: "failed", reason: cause instanceof Error ? cause.message : String(cause) };
  }
  return { kind: "shown", busyMs: Math.round(busyMs) };
}

/** False if the chip was still busy when its time was over. */
async function playStep(step: PanelStep, stage: Stage): Promise<boolean> {
  const { panel, transport, time } = stage;
  switch (step.kind) {
    case "command":
      await transport.command(step.code);
      return true;
    case "data":
      await transport.data(step.bytes);
      return true;
    case "reset":
      await transport.reset(step.pulse);
      return true;
    case "delay":
      await time.sleep(step.ms);
      return true;
    case "wait":
      return await transport.waitIdle({ busyLevel: panel.busyLevel, timeoutMs: step.timeoutMs });
    case "settle":
      return await settles(step.register, step.timeoutMs, stage);
  }
}

async function settles(register: number, timeoutMs: number, { transport, time }: Stage): Promise<boolean> {
  const endMs = time.monotonicMs() + timeoutMs;
  for (;;) {
    await transport.command(READ_REGISTER);
    await transport.data(Uint8Array.of(register >> 8, register & 0xff));
    const value = await transport.read(REGISTER_BYTES);
    if (value.every((byte) => byte === 0)) return true;
    if (time.monotonicMs() >= endMs) return false;
    await time.sleep(REGISTER_INTERVAL_MS);
  }
}

function noAnswer(step: PanelStep): string {
  const patience = "timeoutMs" in step ? ` in ${step.timeoutMs} ms` : "";
  return `No answer from the panel${patience}: is its ribbon loose?`;
}
