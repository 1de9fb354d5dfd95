import { hash } from 'node:crypto';
import type { PushedOperation } from '#shared/contract/server/sync.ts';
import { isCovered } from '#shared/sync/is-covered.ts';
import { canonicalJson } from '#shared/sync/fingerprint.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import { Refusal } from './refusal.ts';
import type { KnownEntry, SyncStorage } from './storage.ts';

/** SHA-256 of the pushed rows of an operation. */
export const contentHashOf = (rows: readonly SyncRow[]): string =>
  hash('sha256', canonicalJson(rows as never), 'hex');

const idsOf = ({ op_id, recovers }: Pick<PushedOperation, 'op_id' | 'recovers'>): string[] =>
  recovers === null ? [op_id] : [op_id, recovers];

/** Operations of the history with the ids of a push. An id is bound to its author, replica and content; see `recovers`. */
export class KnownOperations {
  readonly #storage: SyncStorage;
  readonly #entries: readonly KnownEntry[];

  private constructor(storage: SyncStorage, entries: readonly KnownEntry[]) {
    this.#storage = storage;
    this.#entries = entries;
  }

  static async read(storage: SyncStorage, operations: readonly PushedOperation[]): Promise<KnownOperations> {
    return new KnownOperations(storage, await storage.entriesWithIds(operations.flatMap(idsOf)));
  }

  /** Returns the number of an operation in the history; null if it is new. Throws Refusal if another operation has its id. */
  async numberOf(operation: PushedOperation, caller: string): Promise<number | null> {
    const ids = idsOf(operation);
    const matches = this.#entries.filter((entry) =>
      [entry.op_id, entry.recovers].some((id) => id !== null && ids.includes(id)),
    );
    if (matches.length === 0) return null;
    const { op_id, recovers, author, replica, part, rows } = operation;
    const sameIdEntry = matches.find((entry) => entry.op_id === op_id);
    const isOwn = sameIdEntry?.actor === caller && sameIdEntry.replica === replica;
    // The content of a part is unknown.
    if (
      isOwn &&
      (part !== null || sameIdEntry.content === null || sameIdEntry.content === contentHashOf(rows))
    )
      return sameIdEntry.id;
    const original = matches.find(
      (entry) => entry.op_id === recovers && entry.actor === author && entry.replica === replica,
    );
    if (original) return original.id;
    if (part) return null;
    const appliedRows: SyncRow[] = [];
    for (const entry of matches) appliedRows.push(...(await this.#storage.rowsOf(entry)));
    if (isCovered(rows, appliedRows)) return Math.max(...matches.map(({ id }) => id));
    if (sameIdEntry)
      throw new Refusal(
        'taken',
        'The history has another operation with this id. Offer it under a new one.',
        null,
      );
    return null;
  }
}
