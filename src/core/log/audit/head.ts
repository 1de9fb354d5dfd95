import { hash as hashOf } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readSmallFile, writeSmallFile } from '../../kernel/regular-file.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { genesis } from './chain.ts';

/** The newest audit transaction. Id 0 and the genesis hash represent an empty log. */
export interface Head {
  id: number;
  op_id: string;
  hash: string;
  hlc: string | null;
  created_at: string | null;
  changes: number;
}

interface Previous {
  hash: string;
  created_at: string;
  /** Hash of the transaction before this one: the head of a backup that this transaction made. Undefined if not recorded. */
  after?: string | undefined;
}

/** A transaction by which another file replaced live. The log of the file before it does not contain this transaction. */
export interface Replacement {
  id: number;
  hash: string;
  created_at: string;
  /** The newest transaction of the replacing file; null if that file had none, undefined if not recorded. */
  previous?: Previous | null | undefined;
}

export interface RecordedHead extends Head {
  /** The newest replacements in the log, newest first; undefined if not recorded. */
  begins?: Replacement[] | undefined;
  /** Whether the file was altered after it was written. Its id and hash are still evidence of a truncated log. */
  isAltered?: boolean;
}

const replacingLabels = ['workspace.restored', 'workspace.salvaged', 'workspace.accepted'];
const replacementsQuery = `SELECT id, hash, created_at FROM audit_transactions
  WHERE label IN (${replacingLabels.map((label) => `'${label}'`).join(', ')}) ORDER BY id DESC LIMIT 50`;
const previousQuery = 'SELECT hash, created_at FROM audit_transactions WHERE id < ? ORDER BY id DESC LIMIT 2';

/** Returns the transactions by which live was replaced. They distinguish replaced changes from lost ones. Scans all transactions. */
export const replacementsIn = (db: ReadHandle): Replacement[] =>
  db.all<Replacement>(replacementsQuery).map((replacement) => ({
    ...replacement,
    previous: previousTo(db, replacement.id),
  }));

function previousTo(db: ReadHandle, id: number): Previous | null {
  const [newest, second] = db.all<Previous>(previousQuery, [id]);
  return newest ? { ...newest, after: second?.hash ?? genesis } : null;
}

/**
 * Whether a replacement of live discarded changes that a backup contains. The backup (`made` in ISO 8601) is older than the replacement.
 * Its head's id is at least the replacement's; or the backup is younger than the replacing file's newest transaction and has another
 * head. A backup that this transaction recorded has the head before it.
 */
export function hasDiscarded(
  recordedHead: Pick<RecordedHead, 'begins'> | null,
  { made, head }: { made: string; head: Pick<Head, 'id' | 'hash'> },
): boolean {
  return (recordedHead?.begins ?? []).some(
    ({ id, created_at, previous }) =>
      made < created_at &&
      (head.id >= id ||
        (previous && previous.created_at < made && ![previous.hash, previous.after].includes(head.hash))),
  );
}

const headQuery =
  'SELECT id, op_id, hash, hlc, created_at, changes FROM audit_transactions ORDER BY id DESC LIMIT 1';

export function readHead(db: ReadHandle): Head {
  return (
    db.get<Head>(headQuery) ?? { id: 0, op_id: '', hash: genesis, hlc: null, created_at: null, changes: 1 }
  );
}

/** The id of the newest row of the log; 0 if the log is empty. */
export const newestLogRow = (db: ReadHandle): number =>
  db.column<number>('SELECT coalesce(max(id), 0) FROM audit_logs')[0] ?? 0;

/** Writes the head to a file, durably with `fsync`, so that truncation of the log is noticed. */
export function writeHeadFile(file: string, head: RecordedHead, options?: { fsync: boolean }): void {
  writeSmallFile(file, headText(head), options);
}

/** The text of a head file. `check` is the SHA-256 of the rest, so that an altered file is noticed. */
const headText = (head: object): string =>
  `${JSON.stringify({ ...head, check: hashOf('sha256', JSON.stringify(head)) })}\n`;

/** The keys of a head file from before `check`. */
const uncheckedKeys = ['id', 'op_id', 'hash', 'hlc', 'created_at', 'changes', 'begins'];

/** The start of a head file whose later part is no valid JSON. */
const readableStart = /^\{"id":(?<id>[1-9]\d*),"op_id":"[^"]*","hash":"(?<hash>[0-9a-f]{64})"/;

/** Of an altered text only id, hash and time are used. Null if id or hash cannot be read. */
function parseHead(text: string): Partial<RecordedHead> | null {
  const { check, ...head } = parseObject(text) ?? readableStart.exec(text)?.groups ?? {};
  const isIntact =
    check === undefined
      ? Object.keys(head).every((key) => uncheckedKeys.includes(key)) && parseObject(text) !== null
      : text === headText(head);
  const { id, hash, created_at } = head as Partial<RecordedHead>;
  if (!Number.isSafeInteger(Number(id)) || typeof hash !== 'string') return null;
  if (isIntact) return typeof id === 'number' ? head : null;
  return Number(id) > 0 ? { id: Number(id), hash, created_at: created_at ?? null, isAltered: true } : null;
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown> | null)
      : null;
  } catch {
    return null;
  }
}

/** How the head file was found; `unreadable` is like `missing`, because it is no evidence of anything. */
export type HeadFileState = 'intact' | 'altered' | 'unreadable' | 'missing';

export function headFileState(file: string): HeadFileState {
  const recordedHead = readRecordedHead(file);
  if (recordedHead) return recordedHead.isAltered === true ? 'altered' : 'intact';
  return existsSync(file) ? 'unreadable' : 'missing';
}

const hashQuery = 'SELECT hash FROM audit_transactions WHERE id = ?';

export function isInLog(db: ReadHandle, head: Pick<Head, 'id' | 'hash'>): boolean {
  return head.id === 0 || db.get<{ hash: string }>(hashQuery, [head.id])?.hash === head.hash;
}

/** Records the newest head. False if the log lacks the recorded head: the log was truncated, and the recorded head stays as evidence. */
export function updateRecordedHead(file: string, db: ReadHandle): boolean {
  const recordedHead = readRecordedHead(file);
  if (recordedHead && !isInLog(db, recordedHead)) return false;
  const head = readHead(db);
  if (head.hash !== recordedHead?.hash || recordedHead.isAltered === true)
    writeHeadFile(file, { ...head, begins: completeReplacements(recordedHead) ?? replacementsIn(db) });
  return true;
}

/** Undefined if an earlier version wrote the file: it did not record `previous`, or not all of it. */
const completeReplacements = (recordedHead: RecordedHead | null): Replacement[] | undefined =>
  recordedHead?.begins?.every(({ previous }) => previous === null || previous?.after !== undefined)
    ? recordedHead.begins
    : undefined;

/** Whether a non-empty log has no recorded head, so that an earlier truncation cannot be detected. */
export function isRecordedHeadMissing(file: string, db: ReadHandle): boolean {
  return readRecordedHead(file) === null && readHead(db).id > 1;
}

export function readRecordedHead(file: string): RecordedHead | null {
  try {
    const head = parseHead(readSmallFile(file));
    if (head?.id === undefined || head.hash === undefined) return null;
    return {
      id: head.id,
      op_id: head.op_id ?? '',
      hash: head.hash,
      hlc: head.hlc ?? null,
      created_at: parseTime(head.created_at),
      changes: 0,
      begins: Array.isArray(head.begins) ? head.begins.filter(isReplacement) : undefined,
      ...(head.isAltered === true && { isAltered: true }),
    };
  } catch {
    return null;
  }
}

const parseTime = (value: unknown): string | null =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null;

const isReplacement = (value: unknown): value is Replacement => {
  const { id, hash, created_at } = (value ?? {}) as Partial<Replacement>;
  return typeof id === 'number' && typeof hash === 'string' && typeof created_at === 'string';
};
