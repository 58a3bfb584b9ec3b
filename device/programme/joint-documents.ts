// Documents that several keys of one person wrote (SPEC.md §8.4, M-12): each key's share stays by itself, and at the end
// of a commit what linked keys' shares come to together is worked out anew. So a link may come before what it allows, or
// after, and may go again.

import { mergeOperation } from "../../protocol/festival/document.ts";
import type { DocumentState } from "../../protocol/festival/document-state.ts";
import type { Identities } from "../../protocol/festival/identities.ts";
import type { DocumentView } from "../../protocol/festival/view.ts";
import { asOneLog } from "../../protocol/festival/writing-order.ts";
import { equalBytes, fromHex, type LogId, toHex } from "../../protocol/operation/bytes.ts";
import type { Database } from "../../sync/store/database.ts";
import { claimedAt, claimedMicros } from "./ageing-table.ts";
import { DocumentTable } from "./document-table.ts";
import { type EventHistory, mergeHistory } from "./event-history.ts";
import { NOBODY_LINKED } from "./identity-query.ts";
import { type DocumentShare, type SaidOperation, ShareTable } from "./share-table.ts";
import { ShownTables } from "./shown-tables.ts";
import { Standing } from "./standing.ts";
import type { Touched } from "./touched.ts";

/** What shares of one document come to. */
interface Joint {
  readonly state: DocumentState;
  readonly history: EventHistory;
}

export class JointDocuments {
  readonly #touched: Touched;
  readonly #documents: DocumentTable;
  readonly #shares: ShareTable;
  readonly #shown: ShownTables;
  readonly #standing: Standing;

  constructor(database: Database, { logId, touched }: { readonly logId: LogId; readonly touched: Touched }) {
    this.#touched = touched;
    this.#documents = new DocumentTable(database);
    this.#shares = new ShareTable(database);
    this.#shown = new ShownTables(database, touched);
    this.#standing = new Standing(database, logId);
  }

  /** Before what follows from several documents is settled. */
  settle(identities: Identities): void {
    const { documents, links } = this.#touched;
    if (identities === NOBODY_LINKED && links.length === 0) return;
    for (const key of new Set(links.flat())) {
      for (const doc of this.#shares.foreignTo(fromHex(key))) documents.add(doc);
    }
    for (const doc of documents) this.#settleDocument(doc, identities);
  }

  #settleDocument(doc: string, { mayWrite }: Identities): void {
    const shares = this.#shares.sharesOf(doc);
    const maker = this.#standing.makerOf(doc);
    const isOwn = (share: DocumentShare) => maker !== undefined && equalBytes(share.author, maker);
    if (shares.every((share) => isOwn(share) && share.isJoint === 0)) return;
    for (const [schema, some] of Map.groupBy(shares, (share) => share.schema)) {
      const counts = ({ author: key, seqNum }: { readonly author: string; readonly seqNum: number }) =>
        maker !== undefined && mayWrite({ key, seqNum }, toHex(maker), schema);
      const isLinked = (share: DocumentShare) => !isOwn(share) && counts({ author: toHex(share.author), seqNum: 0 });
      const linked = some.filter(isLinked).flatMap(({ n }) => {
        const operations = this.#shares.said(n).filter(counts);
        return operations.length > 0 ? [{ n, operations }] : [];
      });
      const status = this.#settleOwn(
        some.find(isOwn),
        linked.flatMap(({ operations }) => operations),
      );
      for (const share of some) if (!isOwn(share)) this.#settleForeign(share, linked, status);
    }
    this.#touched.events.add(doc);
  }

  /** Shows the author's document as it is with what linked keys wrote; gives what became of it. */
  #settleOwn(own: DocumentShare | undefined, linked: readonly SaidOperation[]): DocumentView["status"] | undefined {
    const known = own && this.#documents.shareAt(own.n);
    if (own === undefined || known?.state === undefined) return undefined;
    if (linked.length === 0 && own.isJoint === 0) return this.#standing.view(known.state).status;
    const { n, author } = own;
    const joint = linked.length > 0 ? jointOf([...this.#shares.said(n), ...linked], toHex(author)) : undefined;
    const { state, history } = joint ?? { state: known.state, history: known.history };
    const seen = this.#standing.view(state);
    this.#shares.saveJoint(n, joint?.state);
    this.#shares.setStatus(n, seen.status);
    this.#shown.hide(own);
    if (seen.status === "shown" && known.state.kind !== "withdrawn") {
      const [seqNum] = known.state.version;
      this.#shown.show(n, seen.document, { history, author, seqNum, headerBytes: undefined });
    }
    return seen.status;
  }

  /** What was withdrawn, is so in all shares that counted: their bodies may go (M-13). */
  #settleForeign(
    share: DocumentShare,
    linked: readonly { readonly n: number }[],
    own: DocumentView["status"] | undefined,
  ): void {
    const isLinked = linked.some(({ n }) => n === share.n);
    const isWithdrawn = own === "withdrawn" || (own === undefined && this.#standing.of(share.name) === "withdrawn");
    if (isLinked && (own !== undefined || isWithdrawn)) {
      this.#shares.setStatus(share.n, isWithdrawn ? "withdrawn" : "joined");
      return;
    }
    const state = this.#documents.shareAt(share.n)?.state;
    if (state !== undefined) this.#shares.setStatus(share.n, this.#standing.view(state).status);
  }
}

function jointOf(operations: readonly SaidOperation[], author: string): Joint | undefined {
  const timed = operations.map((operation) => ({ ...operation, timestamp: claimedMicros(operation.headerBytes) }));
  let joint: Joint | undefined;
  for (const operation of asOneLog(timed, author)) {
    const history = mergeHistory(joint?.history ?? [], joint?.state, operation, () => claimedAt(operation.headerBytes));
    joint = { state: mergeOperation(joint?.state, operation), history };
  }
  return joint;
}
