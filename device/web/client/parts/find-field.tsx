// The field in which somebody looks for something in a list: what they type narrows it at once.
interface FindFieldProps {
  /** Says what can be found; stands in the field while it is empty. */
  readonly label: string;
  /** More words about what can be found. */
  readonly hint?: string;
  readonly value: string;
  readonly change: (value: string) => void;
  /** Somebody is about to type. */
  readonly ready?: () => void;
}

export function FindField({ label, hint, value, change, ready }: FindFieldProps) {
  return (
    <search class="find">
      <input
        type="search"
        value={value}
        aria-label={label}
        placeholder={hint === undefined ? label : `${label}: ${hint}`}
        dir="auto"
        autocomplete="off"
        onFocus={ready}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </search>
  );
}
