// What every act stands on: the documents as they are, whose keys are here, and how something is published.
import type { BodyToWrite } from "../../../../protocol/festival/body.ts";
import type { DocumentSchema } from "../../../../protocol/festival/schema.ts";
import type { MadeDocument } from "../../../../protocol/festival/view.ts";
import { ActError } from "../../../act/act-error.ts";
import type { Documents, Made } from "../festival/documents.ts";
import type { Settled } from "../festival/settled.ts";
import type { PictureInput } from "../phone.ts";

/** As a document names it. */
export interface NamedPicture {
  readonly h: string;
  readonly t: PictureInput["type"];
  readonly n: number;
}

export interface ActDesk {
  readonly documents: Documents;
  readonly settled: Settled;
  readonly timezone: string;
  readonly ownKeys: ReadonlySet<string>;
  readonly me: string;
  /** Makes a key that nobody has seen before. */
  newKey(): Promise<string>;
  /** Resolves with ids when they are durable and in the documents. */
  publish(bodies: readonly BodyToWrite[], key: string): Promise<readonly string[]>;
  /** Keeps bytes on this phone, and from then on for as long as what `name` publishes names them. */
  withPictures<Named>(
    pictures: readonly PictureInput[],
    name: (named: readonly NamedPicture[]) => Promise<Named>,
  ): Promise<Named>;
  heightOf(key: string): number;
}

/** The document with this id; throws E_NOTHING_TO_DO while it is not here. */
export function needed<S extends DocumentSchema>({ documents }: ActDesk, schema: S, id: string): Made<S> {
  const found = documents.made(schema, id)?.document;
  if (found === undefined) throw awaited();
  return found as unknown as Made<S>;
}

export function anyNeeded({ documents }: ActDesk, id: string): MadeDocument {
  const found = documents.anyMade(id);
  if (found === undefined) throw awaited();
  return found;
}

export function awaited(): ActError {
  return new ActError("E_NOTHING_TO_DO", "Cannot do that: it has not reached this phone yet, or was taken away");
}
