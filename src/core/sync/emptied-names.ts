import { hash } from 'node:crypto';
import type { EmptiedRecord, Emptying, Erasure } from '#shared/contract/server/sync.ts';
import { readingsOf } from '#shared/domain/decode-text.ts';
import { erasedText } from '#shared/domain/erased.ts';
import { escapePattern } from '#shared/domain/escape-pattern.ts';
import type { Json } from '#shared/domain/json.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import { sortTerms } from '#shared/domain/person-terms.ts';
import { tableOf } from '#shared/domain/types.ts';
import { canonicalJson } from '#shared/sync/fingerprint.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import { readSandboxFacts } from '../log/sandbox-facts.ts';
import { readFacts } from '../log/workspace-facts.ts';
import { isLocalLabel, pendingTransactions } from './outgoing.ts';
import type { PendingTransaction } from './outgoing.ts';
import { joinedState } from './state.ts';

/** The person of an erasure who is not in this workspace; no record has this id. */
export const unknownPerson: Pick<Erasure, 'type' | 'id'> = { type: 'student', id: '' };

/** The person whose id has the digest, or `unknownPerson`. */
export function personOfDigest(
  db: ReadHandle,
  op_id: string,
  { person }: Pick<Emptying, 'person'>,
): Pick<Erasure, 'type' | 'id'> {
  for (const type of ['student', 'faculty'] as const)
    for (const id of db.column<string>(`SELECT id FROM ${tableOf[type]}`))
      if (hash('sha256', `${op_id} ${id}`, 'hex') === person) return { type, id };
  return unknownPerson;
}

/** Log rows of live that the server has too. After joining again, its own transactions of others count as pending. */
export function sentRows(db: ReadHandle): (row: number) => boolean {
  const { replica } = readFacts(db);
  const isOwn = ({ id }: PendingTransaction): boolean => {
    const facts = db.get<{ replica: string; label: string }>(originQuery, [id]);
    return facts?.replica === replica && !isLocalLabel(facts.label);
  };
  const pending = pendingTransactions(db, joinedState(db)).filter(isOwn);
  return (row) => !pending.some(({ id, changes }) => row >= id && row < id + changes);
}

const originQuery = 'SELECT replica, label FROM audit_transactions WHERE id = ?';

/** Log rows that a sandbox has from live. */
export function inheritedRows(sandbox: ReadHandle): (row: number) => boolean {
  const query = 'SELECT id + max(1, changes) AS next FROM audit_transactions WHERE id = ?';
  const next = sandbox.get<{ next: number }>(query, [readSandboxFacts(sandbox)?.own_after ?? 0])?.next ?? 0;
  return (row) => row < next;
}

const historyQuery =
  'SELECT id, payload_before AS before, payload_after AS after FROM audit_logs WHERE entity_id = ? ORDER BY id';

/**
 * The names that an erasure removed from texts which this file still has: the server sends the remainder of each text, and the difference is
 * the name. So a workspace that never had the person learns nothing that it did not have.
 */
export function emptiedNames(
  db: ReadHandle,
  records: readonly EmptiedRecord[],
  isServerRow: (row: number) => boolean,
): string[] {
  const names = new Set<string>();
  for (const { id, values } of records) {
    const remaining = new Map(Object.entries(values) as [string, Json[]][]);
    for (const row of db.all<{ id: number; before: string | null; after: string | null }>(historyQuery, [id]))
      for (const payload of isServerRow(row.id) ? [parsePayload(row.before), parsePayload(row.after)] : [])
        for (const [field, value] of Object.entries(payload))
          for (const name of namesBetween(value, remaining.get(field) ?? [])) names.add(name);
  }
  return sortTerms(names);
}

/** The names in a value, by the remaining value that fits it. Empty for a value that remains unchanged. */
function namesBetween(value: Json, remaining: readonly Json[]): string[] {
  const text = canonicalJson(value);
  if (remaining.some((one) => canonicalJson(one) === text)) return [];
  // The remainder with the most text of its own fits best: "[erased]" alone fits everything.
  const fitting = remaining
    .flatMap((one) => {
      const names = replacedTexts(value, one);
      return names ? [{ names, length: names.join('').length }] : [];
    })
    .toSorted((a, b) => a.length - b.length);
  return (fitting[0]?.names ?? []).map((name) => decoded(name).trim()).filter((name) => /\p{L}/u.test(name));
}

const decoded = (text: string): string => [...readingsOf(text)].at(-1)?.text ?? text;

/** The parts of `value` in the place of `[erased]` in `remainder`; null if they differ in more. */
function replacedTexts(value: Json, remainder: Json): string[] | null {
  if (typeof value === 'string' && typeof remainder === 'string') {
    const source = remainder
      .split(erasedText)
      .map(escapePattern)
      .join(String.raw`([\s\S]+?)`);
    const match = new RegExp(`^${source}$`, 'u').exec(value);
    return match ? match.slice(1) : null;
  }
  if (Array.isArray(value) && Array.isArray(remainder)) {
    const [parts, left]: [readonly Json[], readonly Json[]] = [value, remainder];
    return parts.length === left.length
      ? joined(parts.map((one, at) => replacedTexts(one, left[at] ?? null)))
      : null;
  }
  if (!isJsonObject(value) || !isJsonObject(remainder)) return value === remainder ? [] : null;
  const keys = Object.keys(value);
  if (keys.length !== Object.keys(remainder).length) return null;
  return joined(keys.map((key) => replacedTexts(value[key] ?? null, remainder[key] ?? null)));
}

const joined = (parts: readonly (string[] | null)[]): string[] | null =>
  parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
