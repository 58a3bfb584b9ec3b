// Numbers in sentences: each language chooses among its own forms, by the rules the browser knows (CLDR).

export type PluralForms = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>;

/** "#" in the chosen form becomes the number as that language writes it. A form for zero counts in every language. */
export function counting(lang: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(lang);
  const numbers = new Intl.NumberFormat(lang);
  return (count, forms) => {
    const form = count === 0 ? (forms.zero ?? forms[rules.select(0)]) : forms[rules.select(count)];
    return (form ?? forms.other).replace("#", numbers.format(count));
  };
}
