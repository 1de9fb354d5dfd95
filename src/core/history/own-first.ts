import type { ReadHandle } from '../kernel/db/connection.ts';

/** The rows of a transaction: they follow each other from its own id. */
export interface Span {
  id: number;
  changes: number;
}

export interface Part {
  offset: number;
  limit: number;
}

/** Rows looked at between two pauses. */
const slice = 2000;

const ownBetween = `SELECT id FROM audit_logs WHERE id >= ? AND id < ?
  AND (meta IS NULL OR json_extract(meta, '$.because') IS NULL)`;

/** Ids of a part of the rows in their order. */
export function inOrder({ id, changes }: Span, { offset, limit }: Part): number[] {
  const count = Math.max(0, Math.min(limit, changes - offset));
  return Array.from({ length: count }, (_, at) => id + offset + at);
}

/**
 * Ids of a part of the rows where what somebody did comes first, and then what only followed from that. It looks no further than it
 * must; a row that is written stays as it is, so that pauses do no harm. Yields how many rows it has looked at.
 */
export function* ownFirst(
  db: ReadHandle,
  { id, changes }: Span,
  { offset, limit }: Part,
): Generator<number, number[], void> {
  const end = id + changes;
  const own: number[] = [];
  const others: number[] = [];
  for (let from = id; from < end && own.length < offset + limit; from += slice) {
    const until = Math.min(from + slice, end);
    const found = new Set(db.column<number>(ownBetween, [from, until]));
    for (let at = from; at < until; at += 1) (found.has(at) ? own : others).push(at);
    yield until - id;
  }
  return [...own, ...others].slice(offset, offset + limit);
}
