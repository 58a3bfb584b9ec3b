// Numbers in sentences: each language chooses among its own forms, by the rules the browser knows (CLDR).

export type PluralForms = { readonly other: string } & Partial<Readonly<Record<Intl.LDMLPluralRule, string>>>;

/**
 * "#" in the chosen form becomes the number as that language writes it. A form for zero counts in every language. The
 * rules are asked for with the first number: the page has many languages, and a phone waits for each at its start.
 */
export function counting(lang: string): (count: number, forms: PluralForms) => string {
  let rules: Intl.PluralRules | undefined;
  let numbers: Intl.NumberFormat | undefined;
  return (count, forms) => {
    rules ??= new Intl.PluralRules(lang);
    numbers ??= new Intl.NumberFormat(lang);
    const form = count === 0 ? (forms.zero ?? forms[rules.select(0)]) : forms[rules.select(count)];
    return (form ?? forms.other).replace("#", numbers.format(count));
  };
}
