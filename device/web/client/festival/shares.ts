// Shares in documents: what each key wrote on each, and what the shares of linked keys come to together (SPEC.md §8.4,
// M-12). What device/programme/joint-documents.ts is to a box. Where one key wrote alone, nothing here is asked.
import type { Body } from "../../../../protocol/festival/body.ts";
import { mergeOperation } from "../../../../protocol/festival/document.ts";
import type { DocumentState } from "../../../../protocol/festival/document-state.ts";
import type { Identities } from "../../../../protocol/festival/identities.ts";
import type { SchemaName } from "../../../../protocol/festival/schema.ts";
import { asOneLog, type LinkedOperation } from "../../../../protocol/festival/writing-order.ts";
import { type EventHistory, mergeHistory } from "../../../programme/event-history.ts";
import type { ReadOperation } from "./read-operation.ts";

export interface SaidOperation extends LinkedOperation {
  readonly writtenAt: ReadOperation["writtenAt"];
}

/** What one key wrote on one document in one schema. */
export interface Share {
  /** As `documentKey` has it. */
  readonly name: string;
  readonly schema: SchemaName;
  readonly author: string;
  readonly said: ReadonlyMap<string, SaidOperation>;
}

/** What shares of one document come to. */
export interface Joint {
  readonly state: DocumentState;
  readonly history: EventHistory;
}

/** Of one document in one schema. */
export interface Writers {
  readonly own: Share | undefined;
  /** Shares of other keys; those that count, as far as they do. */
  readonly others: readonly Share[];
  readonly linked: ReadonlyMap<Share, readonly SaidOperation[]>;
}

export class Shares {
  readonly #shares = new Map<string, Map<string, Share & { readonly said: Map<string, SaidOperation> }>>();
  /** Documents on which several keys wrote, or one that did not make it as far as is known. */
  readonly #crowded = new Set<string>();

  add(
    name: string,
    { id, author, seqNum, timestamp, writtenAt }: ReadOperation,
    body: Exclude<Body, { a: "set" }>,
  ): void {
    const doc = "d" in body ? body.d : id;
    const shares = this.#shares.get(doc) ?? new Map();
    this.#shares.set(doc, shares);
    const share = shares.get(name) ?? { name, schema: body.s, author, said: new Map() };
    shares.set(name, share);
    share.said.set(id, { id, author, seqNum, timestamp, writtenAt, body });
    if (shares.size > 1 || body.a !== "create") this.#crowded.add(doc);
  }

  /** Documents on which keys may have written together. */
  get crowded(): Iterable<string> {
    return this.#crowded;
  }

  isCrowded(doc: string): boolean {
    return this.#crowded.has(doc);
  }

  /** `maker` made the document, as far as is known. */
  writersOf(doc: string, maker: string | undefined, { mayWrite }: Identities): readonly Writers[] {
    const shares = [...(this.#shares.get(doc)?.values() ?? [])];
    return [...Map.groupBy(shares, ({ schema }) => schema)].map(([schema, some]) => {
      const mayHere = (key: string, seqNum: number) => maker !== undefined && mayWrite({ key, seqNum }, maker, schema);
      const others = some.filter(({ author }) => author !== maker);
      const linked = others.flatMap((share): [Share, readonly SaidOperation[]][] => {
        const said = [...share.said.values()].filter(({ author, seqNum }) => mayHere(author, seqNum));
        return mayHere(share.author, 0) && said.length > 0 ? [[share, said]] : [];
      });
      return { own: some.find(({ author }) => author === maker), others, linked: new Map(linked) };
    });
  }
}

/** As if the author had written all of it. */
export function jointOf({ own, linked }: Writers): Joint | undefined {
  if (own === undefined) return undefined;
  const operations = [...own.said.values(), ...[...linked.values()].flat()];
  let joint: Joint | undefined;
  for (const operation of asOneLog(operations, own.author)) {
    const history = mergeHistory(joint?.history ?? [], joint?.state, operation, () => operation.writtenAt);
    joint = { state: mergeOperation(joint?.state, operation), history };
  }
  return joint;
}
