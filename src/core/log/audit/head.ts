import { readTextFile, writeTextFile } from '../../kernel/regular-file.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { genesis } from './chain.ts';

/** The newest transaction of the audit. Id 0 and the genesis hash stand for an empty log. */
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
  /** Hash of the transaction before it, which is the head of a backup that it had made first; undefined where it was not written down. */
  after?: string | undefined;
}

/** A transaction with which a file took the place of another one. What was displaced then does not have it. */
export interface Beginning {
  id: number;
  hash: string;
  created_at: string;
  /** The newest transaction of what took the place; null where that had none, undefined where it was not written down. */
  previous?: Previous | null | undefined;
}

/** The head as it is written down beside the file. */
export interface KeptHead extends Head {
  /** The newest of them in the log, the newest first; undefined where that was not written down. */
  begins?: Beginning[] | undefined;
}

const replacing = ['workspace.restored', 'workspace.salvaged', 'workspace.accepted'];
const beginnings = `SELECT id, hash, created_at FROM audit_transactions
  WHERE label IN (${replacing.map((label) => `'${label}'`).join(', ')}) ORDER BY id DESC LIMIT 50`;
const before = 'SELECT hash, created_at FROM audit_transactions WHERE id < ? ORDER BY id DESC LIMIT 2';

/** Where the line of a log began anew: by it what was displaced is told from what was lost. Looks at every transaction. */
export const beginningsIn = (db: ReadHandle): Beginning[] =>
  db.all<Beginning>(beginnings).map((begin) => ({
    ...begin,
    previous: previousTo(db, begin.id),
  }));

function previousTo(db: ReadHandle, id: number): Previous | null {
  const [newest, second] = db.all<Previous>(before, [id]);
  return newest ? { ...newest, after: second?.hash ?? genesis } : null;
}

/**
 * Whether what a backup has was displaced when another file took its place: it goes beyond where the log began anew, or was made after
 * the newest of what took the place, and is not that. `made` is ISO 8601. What the newest had backed up before it was written was made after
 * it began, and is of the moment before it.
 */
export function isDisplaced(
  kept: Pick<KeptHead, 'begins'> | null,
  { made, head }: { made: string; head: Pick<Head, 'id' | 'hash'> },
): boolean {
  return (kept?.begins ?? []).some(
    ({ id, created_at, previous }) =>
      made < created_at &&
      (head.id >= id ||
        (previous && previous.created_at < made && ![previous.hash, previous.after].includes(head.hash))),
  );
}

const newest =
  'SELECT id, op_id, hash, hlc, created_at, changes FROM audit_transactions ORDER BY id DESC LIMIT 1';

export function readHead(db: ReadHandle): Head {
  return db.get<Head>(newest) ?? { id: 0, op_id: '', hash: genesis, hlc: null, created_at: null, changes: 1 };
}

/** Writes the head down beside the file, so that a tail cut off the log later is noticed. `durable` waits until it is on the disk. */
export function keepHead(file: string, head: KeptHead, durable = false): void {
  writeTextFile(file, `${JSON.stringify(head)}\n`, durable);
}

const hashOf = 'SELECT hash FROM audit_transactions WHERE id = ?';

/** Whether a head that was written down still stands in the log. */
export function standsIn(db: ReadHandle, kept: Pick<Head, 'id' | 'hash'>): boolean {
  return kept.id === 0 || db.get<{ hash: string }>(hashOf, [kept.id])?.hash === kept.hash;
}

/**
 * Writes down the newest head, unless the one written down before is not in the log any more: then its end was cut off, and what
 * shows that is left as it is. Returns false in that case.
 */
export function followHead(file: string, db: ReadHandle): boolean {
  const kept = keptHead(file);
  if (kept && !standsIn(db, kept)) return false;
  const head = readHead(db);
  if (head.hash !== kept?.hash) keepHead(file, { ...head, begins: knownBegins(kept) ?? beginningsIn(db) });
  return true;
}

/** Those of a former version do not say what took the place, or not all of it. */
const knownBegins = (kept: KeptHead | null): Beginning[] | undefined =>
  kept?.begins?.every(({ previous }) => previous === null || previous?.after !== undefined)
    ? kept.begins
    : undefined;

/**
 * Whether a log in which something was done has no head written down beside it: whether its end has been cut off until now cannot be
 * told then.
 */
export function lacksKeptHead(file: string, db: ReadHandle): boolean {
  return keptHead(file) === null && readHead(db).id > 1;
}

/** The head that was written down, or null when there is none that can be read. */
export function keptHead(file: string): KeptHead | null {
  try {
    const head = JSON.parse(readTextFile(file)) as Partial<KeptHead>;
    if (typeof head.id !== 'number' || typeof head.hash !== 'string') return null;
    return {
      id: head.id,
      op_id: head.op_id ?? '',
      hash: head.hash,
      hlc: head.hlc ?? null,
      created_at: timeIn(head.created_at),
      changes: 0,
      begins: Array.isArray(head.begins) ? head.begins.filter(isBeginning) : undefined,
    };
  } catch {
    return null;
  }
}

const timeIn = (said: unknown): string | null =>
  typeof said === 'string' && !Number.isNaN(Date.parse(said)) ? said : null;

const isBeginning = (one: unknown): one is Beginning => {
  const { id, hash, created_at } = (one ?? {}) as Partial<Beginning>;
  return typeof id === 'number' && typeof hash === 'string' && typeof created_at === 'string';
};
