// Reads untrusted JSON field by field: what has not the expected shape is absent, never an exception. Own properties
// only, so a key such as "__proto__" is a name like any other.

export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function objectAt(object: JsonObject | undefined, key: string): JsonObject | undefined {
  return asObject(valueAt(object, key));
}

export function listAt(object: JsonObject | undefined, key: string): readonly unknown[] {
  const value = valueAt(object, key);
  return Array.isArray(value) ? value : [];
}

/** The objects of a list; anything else in it does not count. */
export function objectsAt(object: JsonObject | undefined, key: string): JsonObject[] {
  return listAt(object, key).flatMap((value) => {
    const one = asObject(value);
    return one ? [one] : [];
  });
}

/** A string, or a number as a string (ids are either). */
export function textAt(object: JsonObject | undefined, key: string): string | undefined {
  const value = valueAt(object, key);
  if (typeof value === "string") return value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : undefined;
}

export function numberAt(object: JsonObject | undefined, key: string): number | undefined {
  const value = valueAt(object, key);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A string, or one of several by language ({ "de": …, "en": … }): the first of `languages` there is, else any. */
export function localizedAt(
  object: JsonObject | undefined,
  key: string,
  languages: readonly (string | undefined)[],
): string | undefined {
  const texts = objectAt(object, key);
  if (!texts) return textAt(object, key);
  for (const language of [...languages, ...Object.keys(texts)]) {
    const text = language === undefined ? undefined : textAt(texts, language);
    if (text !== undefined && text !== "") return text;
  }
  return undefined;
}

function valueAt(object: JsonObject | undefined, key: string): unknown {
  return object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined;
}
