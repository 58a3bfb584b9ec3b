// Iroh reports errors and ends as texts (iroh-ffi 1.1): this reads codes out of them.
import type { ConnectionEnd, TransportCode } from "../errors.ts";

export interface Fault {
  readonly code: TransportCode;
  /** For people: without the places in Rust sources. */
  readonly reason: string;
}

/** Codes of QUIC's application close. The reason says more; p2panda's own nodes give 0 and words. */
export const GOOD_CLOSE = 0n;
export const FAULT_CLOSE = 1n;

/** TLS alert 120; the other end is of another network, or does not sync logs. */
const NO_COMMON_PROTOCOL = /\berror 120\b/;
/** TLS alerts for a certificate: whoever answers there has another key. */
const FOREIGN_KEY = /invalid peer certificate/;
const ADDRESS_IN_USE = /address already in use|os error (98|48|10048)\b/i;

export function dialFault(error: unknown): Fault {
  const reason = reasonOf(error);
  if (NO_COMMON_PROTOCOL.test(reason)) return { code: "E_NETWORK_ID", reason: "It is of another network" };
  if (FOREIGN_KEY.test(reason)) return { code: "E_PEER_KEY", reason: "Another node answers there" };
  return { code: "E_DIAL", reason };
}

export function bindFault(error: unknown): Fault {
  const reason = reasonOf(error);
  return { code: ADDRESS_IN_USE.test(reason) ? "E_PORT_TAKEN" : "E_TRANSPORT", reason };
}

/** The last cause, which is the most exact; a backtrace may follow it. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [causes = ""] = text.split("\n\nStack backtrace:");
  const last = causes.trimEnd().split("\n").at(-1) ?? "";
  return last.replace(/\s*\(\/[^)]*\)$/, "").trim();
}

/** Why a connection ended. The other side's reason goes into our logger: only what looks like a code is taken. */
export function goodbye(closeReason: string): string {
  const [, reason = "", code] = /^closed by peer: (?:(.*) \(code )?(\d+)\)?$/s.exec(closeReason) ?? [];
  if (code === undefined) return "E_LOST" satisfies ConnectionEnd;
  if (/^\w{1,64}$/.test(reason)) return reason;
  if (BigInt(code) === GOOD_CLOSE) return "closed" satisfies ConnectionEnd;
  return (reason === "" ? "E_LOST" : "E_TRANSPORT") satisfies ConnectionEnd;
}
