// forget/1 (SPEC.md §8.2, §8.6): a key asks all nodes to drop its bodies. A wish; whoever is never met may keep them (M-62).
import { type FieldsRead, type FieldsWritten, pattern } from "../rule.ts";
import { sequenceNumber } from "./values.ts";

/** One key has one wish. */
export const FORGET_KEY = pattern(/^$/, "empty");

export const FORGET_FIELDS = {
  /** The last operation whose body goes. */
  upTo: sequenceNumber(),
} as const;

export type ForgetFields = FieldsRead<typeof FORGET_FIELDS>;
export type ForgetFieldsWritten = FieldsWritten<typeof FORGET_FIELDS>;
