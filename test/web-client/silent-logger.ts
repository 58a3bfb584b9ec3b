import type { Logger } from "../../sync/ports.ts";

export const Silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
