// The port to an e-ink panel: what a chip hears on its wires. Adapters: SPI and GPIO on a Raspberry Pi, a simulator in
// the tests. Each method rejects when the wires themselves fail; a panel that does not answer is no error here.

export interface PanelTransport {
  /** One byte with the data line low; on the IT8951 a word of 16 bits with its preamble, each when the line says ready. */
  command(code: number): Promise<void>;
  /** What belongs to the last command. Longer than one message of the kernel: the adapter cuts it. */
  data(bytes: Uint8Array): Promise<void>;
  /** The answer to the last command. Only the IT8951 is ever asked. */
  read(length: number): Promise<Uint8Array>;
  /** False if the panel is still busy when the time is over. Waits for an edge of the line, never spins. */
  waitIdle(wait: IdleWait): Promise<boolean>;
  reset(pulse: ResetPulse): Promise<void>;
  /** Lets go of the wires. A second call does nothing. */
  close(): Promise<void>;
}

export interface IdleWait {
  /** Level of the line while the chip works: families differ, and a wrong one "works" until it does not (inky#266). */
  readonly busyLevel: 0 | 1;
  readonly timeoutMs: number;
}

export interface ResetPulse {
  /** How long the line is first driven high; absent if it is high already. */
  readonly highMs?: number;
  readonly lowMs: number;
  /** How long the chip is left alone afterwards. */
  readonly settleMs: number;
}
