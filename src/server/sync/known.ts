import { hash } from 'node:crypto';
import type { PushedOperation } from '#shared/contract/server/sync.ts';
import { isCovered } from '#shared/sync/covered.ts';
import { canonicalJson } from '#shared/sync/fingerprint.ts';
import type { SyncRow } from '#shared/sync/operation.ts';
import type { Sql } from '../db/database.ts';
import { Refusal } from './refusal.ts';

interface Entry {
  id: number;
  op_id: string;
  recovers: string | null;
  actor: string;
  replica: string;
  content: string | null;
  changes: number;
}

/** SHA-256 of the pushed rows of an operation. */
export const contentOf = (rows: readonly SyncRow[]): string =>
  hash('sha256', canonicalJson(rows as never), 'hex');

const columns = 'id, op_id, recovers, actor, replica, content, changes';
/** Separate, because almost every push has one id. */
const entriesOfOne = `SELECT ${columns} FROM audit_transactions WHERE op_id = $1
  UNION SELECT ${columns} FROM audit_transactions WHERE recovers = $1`;
/** Forces an index look-up for each id. For `op_id = ANY ($1)`, Postgres planned a scan of the whole table while its statistics were old. */
const entriesOfMany = `SELECT DISTINCT e.* FROM unnest($1::text[]) AS wanted(name) CROSS JOIN LATERAL (
  (SELECT ${columns} FROM audit_transactions WHERE op_id = wanted.name LIMIT 1)
  UNION ALL
  (SELECT ${columns} FROM audit_transactions WHERE recovers = wanted.name OFFSET 0)) e ORDER BY id`;
const rowsOf = `SELECT action, entity_type AS type, entity_id AS id, payload_before AS before, payload_after AS after
  FROM audit_logs WHERE id >= $1 AND id < $2`;

const idsOf = ({ op_id, recovers }: Pick<PushedOperation, 'op_id' | 'recovers'>): string[] =>
  recovers === null ? [op_id] : [op_id, recovers];

/**
 * Operations of the history with the ids of a push, in the same form or in a recovered one: see `recovers`. An id is bound to its author, replica and
 * content.
 */
export class KnownOperations {
  readonly #sql: Sql;
  readonly #entries: readonly Entry[];

  private constructor(sql: Sql, entries: readonly Entry[]) {
    this.#sql = sql;
    this.#entries = entries;
  }

  static async read(sql: Sql, operations: readonly PushedOperation[]): Promise<KnownOperations> {
    const ids = operations.flatMap(idsOf);
    const isSingle = ids.length === 1;
    const entries = sql.all<Entry>(isSingle ? entriesOfOne : entriesOfMany, [isSingle ? ids[0] : ids]);
    return new KnownOperations(sql, await entries);
  }

  /** Returns the number of an operation in the history; null if it is new. Throws Refusal if another operation has its id. */
  async numberOf(operation: PushedOperation, caller: string): Promise<number | null> {
    const ids = idsOf(operation);
    const matches = this.#entries.filter((entry) =>
      [entry.op_id, entry.recovers].some((id) => id !== null && ids.includes(id)),
    );
    if (matches.length === 0) return null;
    const { op_id, recovers, author, replica, part, rows } = operation;
    const sameId = matches.find((entry) => entry.op_id === op_id);
    const isOwn = sameId?.actor === caller && sameId.replica === replica;
    // The content of a part is unknown.
    if (isOwn && (part !== null || sameId.content === null || sameId.content === contentOf(rows)))
      return sameId.id;
    const original = matches.find(
      (entry) => entry.op_id === recovers && entry.actor === author && entry.replica === replica,
    );
    if (original) return original.id;
    if (part) return null;
    const appliedRows: SyncRow[] = [];
    for (const { id, changes } of matches)
      appliedRows.push(...(await this.#sql.all<SyncRow>(rowsOf, [id, id + changes])));
    if (isCovered(rows, appliedRows)) return Math.max(...matches.map(({ id }) => id));
    if (sameId)
      throw new Refusal(
        'taken',
        'The history has another operation with this id. Offer it under a new one.',
        null,
      );
    return null;
  }
}
