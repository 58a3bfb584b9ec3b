// As whom something is published: one of my animals, or somebody new (M-40).
import { SelectField } from "./field.tsx";
import { useScene } from "./scene.tsx";

export interface AsFieldProps {
  /** A key, "new", or empty for the one that acts. */
  readonly value: string;
  readonly change: (value: string) => void;
}

export function AsField({ value, change }: AsFieldProps) {
  const { view, words } = useScene();
  const nameOf = (key: string) =>
    view.personByKey.get(key)?.name ?? view.personByKey.get(key)?.animal ?? words.common.me;
  const others = view.ownKeys.filter((key) => key !== view.me);
  const choices = [
    { value: "", label: `${nameOf(view.me)} (${words.common.me})` },
    ...others.map((key) => ({ value: key, label: nameOf(key) })),
    { value: "new", label: words.make.asNew },
  ];
  return (
    <SelectField
      label={words.make.as}
      hint={value === "new" ? words.make.asNewSaid : undefined}
      value={value}
      change={change}
      choices={choices}
    />
  );
}
