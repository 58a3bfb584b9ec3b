// Taking in a file from this phone.
import { useId } from "preact/hooks";

export interface FileFieldProps {
  readonly label: string;
  readonly accept?: string;
  readonly take: (bytes: Uint8Array) => Promise<void>;
}

export function FileField({ label, accept, take }: FileFieldProps) {
  const id = useId();
  const read = async (file: File | undefined) => {
    if (file !== undefined) await take(new Uint8Array(await file.arrayBuffer()));
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type="file" accept={accept} onChange={(event) => void read(event.currentTarget.files?.[0])} />
    </div>
  );
}
