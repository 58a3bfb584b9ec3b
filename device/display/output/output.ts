// The port to what hangs on the wall: a panel, a monitor, or nothing. It takes frames and says what became of them; no
// screen, however broken, is ever an error of whoever draws.
import type { Cause, RefreshesOfDay, WaitReason } from "../panel/refresh-policy.ts";
import type { Frame } from "../renderer.ts";
import type { Rotation } from "../rotation.ts";
import type { PowerState } from "./screen-power.ts";

export interface Output {
  /** Takes the newest frame and returns at once. While a screen is busy or away, a newer frame replaces an older one. */
  show(frame: Frame, cause: Cause): void;
  /** Nobody will look for a while: when the newest frame is out, what costs power goes off. The next frame wakes it. */
  sleep(): Promise<void>;
  /** The last frame stays; wires and files are let go. A second call does nothing. */
  close(): Promise<void>;
  readonly state: OutputState;
}

/** For `status`. Moments are ISO 8601. */
export interface OutputState {
  readonly output: string;
  /** By how many degrees the glass hangs turned to the right. */
  readonly rotation: Rotation;
  /** Pixels as the rows of the glass run; absent while nobody knows. */
  readonly glass?: { readonly width: number; readonly height: number };
  /** Why the newest frame is not on the glass, and in how many seconds it is tried again. */
  readonly error?: OutputError & { readonly retryInS?: number };
  /** For how long the panel has been at work on a frame; absent while it rests. */
  readonly drawingMs?: number;
  /** The newest frame is put off: the panel rests, or it is too cold or too hot. */
  readonly waiting?: { readonly reason: WaitReason; readonly until?: string };
  readonly lastRefresh?: RefreshNote;
  readonly refreshesToday?: RefreshesOfDay;
  /** More flashes today than a panel should see. */
  readonly worn?: true;
  /** The life of a panel, and its last refreshes, the newest last. */
  readonly panel?: PanelLife;
  readonly recent?: readonly RefreshNote[];
  /** Of a monitor, and the way by which it goes dark. */
  readonly power?: PowerState;
  readonly powerWay?: string;
}

export interface OutputError {
  /** Stable: "E_SPI", "E_GPIO_TAKEN", "E_PANEL", "E_SCREEN_SIZE", "E_FRAMEBUFFER_MISSING". */
  readonly code: string;
  readonly message: string;
}

export interface RefreshNote {
  readonly at: string;
  /** Of a panel "full", "fast" or "partial"; of a monitor "whole" or "rows". */
  readonly kind: string;
  /** How long it took; absent where the panel gave no answer. */
  readonly ms?: number;
}

export interface PanelLife {
  readonly full: number;
  readonly fast: number;
  readonly partial: number;
  readonly failures: number;
  readonly coldestC?: number;
  readonly hottestC?: number;
}

/** Says something that is worth a line, once. */
export type Tell = (message: string, fields: Readonly<Record<string, unknown>>) => void;

/** Pictures are only looked at through the web page. */
export function previewOnly(rotation: Rotation): Output {
  return {
    show: () => {},
    sleep: async () => {},
    close: async () => {},
    state: { output: "none", rotation },
  };
}

/** What was thrown, as `status` tells it. `otherwise` is the code where it has none of ours. */
export function outputError(error: unknown, otherwise: string): OutputError {
  const { code, message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) };
  return { code: code?.startsWith("E_") ? code : otherwise, message };
}

export function isoOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
