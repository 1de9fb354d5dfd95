import { hash } from 'node:crypto';
import type { DigestRange } from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import { fingerprintText } from '#shared/sync/fingerprint.ts';
import { sharedTypes } from '#shared/sync/operation.ts';
import type { SyncedType } from '#shared/sync/operation.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { isRecordShared } from './outgoing.ts';

export interface Fingerprinted {
  id: string;
  type: SyncedType;
  high: bigint;
  low: bigint;
}

const slice = 2000;

/** Digests of all shared records ordered by id. Yields the number done. */
export function* recordFingerprints(db: ReadHandle, share: string): Generator<number, Fingerprinted[], void> {
  const all: Fingerprinted[] = [];
  for (const type of sharedTypes) {
    const page = `SELECT id, payload FROM ${tableOf[type]} WHERE deleted_at IS NULL AND id > ? ORDER BY id LIMIT ${slice}`;
    for (let last = ''; ;) {
      const rows = db.all<{ id: string; payload: string }>(page, [last]);
      for (const { id, payload: text } of rows) {
        const payload = JSON.parse(text) as JsonObject;
        if (!isRecordShared(db, share, { type, payload })) continue;
        const bytes = hash('sha256', fingerprintText(type, id, payload), 'buffer');
        all.push({ id, type, high: bytes.readBigUInt64BE(0), low: bytes.readBigUInt64BE(8) });
      }
      yield all.length;
      if (rows.length < slice) break;
      last = rows.at(-1)?.id ?? '';
    }
  }
  return all.sort((a, b) => compareIds(a.id, b.id));
}

/** In the byte order of UTF-8, as both databases order. */
function compareIds(a: string, b: string): number {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return Buffer.compare(left, right);
}

/** The digest of a range. `all` is in order. */
export function rangeOf(
  all: readonly Fingerprinted[],
  { from, to }: Pick<DigestRange, 'from' | 'to'>,
): { count: number; fingerprint: string; records: readonly Fingerprinted[] } {
  const first = lowerBound(all, from);
  const end = to === null ? all.length : lowerBound(all, to);
  const records = all.slice(first, end);
  let [high, low] = [0n, 0n];
  for (const one of records) {
    high ^= one.high;
    low ^= one.low;
  }
  const fingerprint = [high, low].map((half) => half.toString(16).padStart(16, '0')).join('');
  return { count: records.length, fingerprint, records };
}

/** Parts into which each range is divided in one request, and ranges in it. */
const parts = 32;
const mostRanges = 64;
/** Beyond this many differing records they are not listed. */
export const mostDifferences = 1000;

interface RangeQuery {
  ranges: { from: string; to: string | null }[];
  parts: number;
}

/** Ids of the records that differ from the server: digests of ranges of ids, divided where they differ. */
export async function findDiffering(
  all: readonly Fingerprinted[],
  ask: (request: RangeQuery, done: number) => Promise<readonly DigestRange[]>,
): Promise<{ ids: string[]; round_trips: number }> {
  const ids = new Set<string>();
  let open: RangeQuery['ranges'] = [{ from: '', to: null }];
  let round_trips = 0;
  while (open.length > 0 && ids.size < mostDifferences) {
    const ranges = open.slice(0, mostRanges);
    open = open.slice(mostRanges);
    round_trips += 1;
    for (const theirs of await ask({ ranges, parts }, round_trips)) {
      const ours = rangeOf(all, theirs);
      if (ours.count === theirs.count && ours.fingerprint === theirs.fingerprint) continue;
      if (theirs.count <= 1) {
        for (const { id } of ours.records) ids.add(id);
        if (theirs.first !== null) ids.add(theirs.first);
      } else open.push({ from: theirs.from, to: theirs.to });
    }
  }
  return { ids: [...ids], round_trips };
}

function lowerBound(all: readonly Fingerprinted[], id: string): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds((all[middle] as Fingerprinted).id, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
