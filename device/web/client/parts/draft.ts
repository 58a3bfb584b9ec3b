// What somebody types stays until it is published: in this tab's own storage, so that a slip of the thumb, a reload or an
// error loses nothing. A browser that forbids storage keeps it as long as the page is open.
import { useState } from "preact/hooks";

const PREFIX = "draft:";
const remembered = new Map<string, unknown>();

export interface Draft<Fields> {
  readonly fields: Fields;
  change(some: Partial<Fields>): void;
  /** After publishing. */
  clear(): void;
}

/** `name` tells drafts apart; `fresh` is what an untouched one holds. */
export function useDraft<Fields extends object>(name: string, fresh: Fields): Draft<Fields> {
  const [fields, setFields] = useState<Fields>(() => ({ ...fresh, ...read<Fields>(name) }));
  return {
    fields,
    change(some) {
      setFields((now) => {
        const next = { ...now, ...some };
        write(name, next);
        return next;
      });
    },
    clear() {
      forget(name);
      setFields(fresh);
    },
  };
}

function read<Fields>(name: string): Partial<Fields> {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + name) ?? "{}") as Partial<Fields>;
  } catch {
    return (remembered.get(name) ?? {}) as Partial<Fields>;
  }
}

function write(name: string, fields: object): void {
  try {
    sessionStorage.setItem(PREFIX + name, JSON.stringify(fields));
  } catch {
    remembered.set(name, fields);
  }
}

function forget(name: string): void {
  remembered.delete(name);
  try {
    sessionStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept there.
  }
}
