// The port to the wires of a panel, as the two SPI transports use it. Adapters: spi-device.ts, and lines of the GPIO
// character device, which have these methods and know nothing of panels.

export interface OutputWire {
  set(level: 0 | 1): void;
  close(): void;
}

export interface InputWire {
  level(): 0 | 1;
  /** Calls back after each change, late ones too; returns how to stop. */
  onEdge(listener: () => void): () => void;
  close(): void;
}

export interface SpiTransfer {
  /** What is sent; zeros while something is received. */
  readonly send?: Uint8Array;
  /** As many bytes as come in. */
  readonly receive?: number;
  readonly speedHz: number;
  /** The chip stays selected: more belongs to this. */
  readonly more: boolean;
}

export interface SpiWire {
  /** As many bytes as one transfer may have. */
  readonly longestBytes: number;
  /** Returns what came in. Blocks for as long as the bytes take. */
  transfer(transfer: SpiTransfer): Uint8Array;
  close(): void;
}

/** A timer: the rest of a clock is not needed here. Returns how to cancel. */
export type After = (ms: number, callback: () => void) => () => void;

export interface PanelWires {
  readonly spi: SpiWire;
  /** RST: the panel runs while it is high. */
  readonly reset: OutputWire;
  readonly busy: InputWire;
  /** CS, where the kernel does not drive it itself: low while the chip is selected. */
  readonly select?: OutputWire | undefined;
  /** PWR, where a board can cut the panel's voltage: high while it is in use. */
  readonly power?: OutputWire | undefined;
}

/** The same for panels that are told by a line whether a byte is a command: DC, low for commands. */
export interface PanelWiresWithDc extends PanelWires {
  readonly dc: OutputWire;
}
