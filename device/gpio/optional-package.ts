// Packages that nobody needs who has a newer kernel: they are none of ours, and loaded only where the configuration names
// them. What comes back is checked by whoever asked.
import { GpioError } from "./gpio-error.ts";

/** Rejects where there is no such package. */
export type LoadPackage = (name: string) => Promise<unknown>;

const load: LoadPackage = (name) => import(name);

/** An export of a package, be it of the CommonJS kind. Throws GpioError. */
export async function optionalExport(packageName: string, name: string, from: LoadPackage = load): Promise<unknown> {
  const found = await from(packageName).catch((cause: unknown) => {
    throw missing(packageName, "it is not installed", cause);
  });
  const { [name]: named, default: whole } = found as Readonly<Record<string, unknown>>;
  const exported = named ?? (isObject(whole) ? whole[name] : undefined);
  if (exported === undefined) throw missing(packageName, `it has no "${name}"`);
  return exported;
}

function missing(packageName: string, why: string, cause?: unknown): GpioError {
  const message = `Cannot use ${packageName}: ${why}; "npm install --no-save --ignore-scripts=false ${packageName}" installs it`;
  return new GpioError("E_GPIO_PACKAGE", message, { cause });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
