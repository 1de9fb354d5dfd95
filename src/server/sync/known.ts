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

/** SHA-256 of the rows of an operation as they were pushed. */
export const contentOf = (rows: readonly SyncRow[]): string =>
  hash('sha256', canonicalJson(rows as never), 'hex');

const columns = 'id, op_id, recovers, actor, replica, content, changes';
/** Almost every push names one id. */
const entriesOfOne = `SELECT ${columns} FROM audit_transactions WHERE op_id = $1
  UNION SELECT ${columns} FROM audit_transactions WHERE recovers = $1`;
/**
 * A look-up by index for each id, in whatever way Postgres plans it. `op_id = ANY ($1)` was planned for an empty table, and went on reading the whole table
 * until Postgres had counted it.
 */
const entriesOfMany = `SELECT DISTINCT e.* FROM unnest($1::text[]) AS wanted(name) CROSS JOIN LATERAL (
  (SELECT ${columns} FROM audit_transactions WHERE op_id = wanted.name LIMIT 1)
  UNION ALL
  (SELECT ${columns} FROM audit_transactions WHERE recovers = wanted.name OFFSET 0)) e ORDER BY id`;
const rowsOf = `SELECT action, entity_type AS type, entity_id AS id, payload_before AS before, payload_after AS after
  FROM audit_logs WHERE id >= $1 AND id < $2`;

const idsOf = ({ op_id, recovers }: Pick<PushedOperation, 'op_id' | 'recovers'>): string[] =>
  recovers === null ? [op_id] : [op_id, recovers];

/**
 * The operations of the history that have an id of those that are pushed, in the form that they are sent in or in another one: see `recovers`. An id is bound to
 * its author, their replica and the content.
 */
export class KnownOperations {
  readonly #sql: Sql;
  readonly #entries: readonly Entry[];

  private constructor(sql: Sql, found: readonly Entry[]) {
    this.#sql = sql;
    this.#entries = found;
  }

  static async read(sql: Sql, operations: readonly PushedOperation[]): Promise<KnownOperations> {
    const ids = operations.flatMap(idsOf);
    const isOne = ids.length === 1;
    const found = sql.all<Entry>(isOne ? entriesOfOne : entriesOfMany, [isOne ? ids[0] : ids]);
    return new KnownOperations(sql, await found);
  }

  /** The number at which an operation was done already; null for a new one. Throws Refusal where its id is that of another operation. */
  async numberOf(operation: PushedOperation, caller: string): Promise<number | null> {
    const ids = idsOf(operation);
    const found = this.#entries.filter((one) =>
      [one.op_id, one.recovers].some((id) => id !== null && ids.includes(id)),
    );
    if (found.length === 0) return null;
    const { op_id, recovers, author, replica, part, rows } = operation;
    const taken = found.find((one) => one.op_id === op_id);
    const isOwn = taken?.actor === caller && taken.replica === replica;
    // Of a part the content is not known.
    if (isOwn && (part !== null || taken.content === null || taken.content === contentOf(rows)))
      return taken.id;
    const authored = found.find(
      (one) => one.op_id === recovers && one.actor === author && one.replica === replica,
    );
    if (authored) return authored.id;
    if (part) return null;
    const done: SyncRow[] = [];
    for (const { id, changes } of found)
      done.push(...(await this.#sql.all<SyncRow>(rowsOf, [id, id + changes])));
    if (isCovered(rows, done)) return Math.max(...found.map(({ id }) => id));
    if (taken)
      throw new Refusal(
        'taken',
        'The history has another operation with this id. Offer it under a new one.',
        null,
      );
    return null;
  }
}
