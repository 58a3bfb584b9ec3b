// Fields of a form: a label above, a hint below, nothing that judges while somebody is still typing.
import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import { plainLine } from "./plain-text.ts";

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly change: (value: string) => void;
}

export interface TextFieldProps extends FieldProps {
  readonly placeholder?: string;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly kind?: "text" | "number" | "date" | "time" | "search" | "url";
  /** Several lines. */
  readonly rows?: number;
  readonly suggestions?: readonly string[];
}

export function TextField(props: TextFieldProps) {
  const id = useId();
  const { label, hint, value, change, kind = "text", rows, suggestions = [], ...rest } = props;
  const typed = (event: Event) => change((event.currentTarget as HTMLInputElement | HTMLTextAreaElement).value);
  const shared = { id, value, onInput: typed, dir: "auto" as const, "aria-describedby": hint && `${id}-hint`, ...rest };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {rows === undefined ? (
        <input type={kind} autocomplete="off" list={suggestions.length > 0 ? `${id}-list` : undefined} {...shared} />
      ) : (
        <textarea rows={rows} {...shared} />
      )}
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map((text) => (
            <option value={text} />
          ))}
        </datalist>
      )}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function SelectField({
  label,
  hint,
  value,
  change,
  choices,
}: FieldProps & { readonly choices: readonly Choice[] }) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {plainLine(choice.label)}
          </option>
        ))}
      </select>
      {hint !== undefined && <p class="hint">{hint}</p>}
    </div>
  );
}

/** One of a few, all of them in sight. */
export function ChoiceField({ label, value, change, choices }: FieldProps & { readonly choices: readonly Choice[] }) {
  const name = useId();
  return (
    <fieldset class="choices">
      <legend>{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value} class="chip">
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => change(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  );
}

export interface CheckProps {
  readonly checked: boolean;
  readonly change: (checked: boolean) => void;
  readonly children: ComponentChildren;
}

export function Check({ checked, change, children }: CheckProps) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={(event) => change(event.currentTarget.checked)} />
      <span>{children}</span>
    </label>
  );
}
