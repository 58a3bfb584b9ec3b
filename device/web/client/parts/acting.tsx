// Doing something, and what is said if it cannot be done: a kind sentence and what to do, never a code.
import { useState } from "preact/hooks";
import type { Words } from "../words/words.ts";
import { useScene } from "./scene.tsx";

export interface Acting {
  readonly busy: boolean;
  readonly trouble: string | undefined;
  /** Resolves with true if it was done. */
  run(act: () => Promise<void>): Promise<boolean>;
  complain(trouble: string | undefined): void;
}

export function useActing(): Acting {
  const { words } = useScene();
  const [busy, setBusy] = useState(false);
  const [trouble, complain] = useState<string | undefined>(undefined);
  return {
    busy,
    trouble,
    complain,
    async run(act) {
      setBusy(true);
      complain(undefined);
      try {
        await act();
        return true;
      } catch (error) {
        complain(troubleText(error, words));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

export function Trouble({ acting }: { readonly acting: Acting }) {
  return (
    <p class="trouble" role="alert">
      {acting.trouble}
    </p>
  );
}

/** By the stable code of an ActError or a PhoneError. */
function troubleText(error: unknown, { trouble }: Words): string {
  const code = (error as { readonly code?: string } | undefined)?.code ?? "other";
  return (trouble as Readonly<Record<string, string>>)[code] ?? trouble.other;
}
