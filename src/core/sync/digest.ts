import { hash } from 'node:crypto';
import type { DigestRange } from '#shared/contract/server/sync.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import { fingerprintText } from '#shared/sync/fingerprint.ts';
import { sharedTypes } from '#shared/sync/operation.ts';
import type { SyncedType } from '#shared/sync/operation.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { isRecordShared } from './outgoing.ts';

export interface RecordFingerprint {
  id: string;
  type: SyncedType;
  high: bigint;
  low: bigint;
}

const pageSize = 2000;

/** Fingerprints of all shared records, ordered by id. Yields the number done. */
export function* recordFingerprints(
  db: ReadHandle,
  share: string,
): Generator<number, RecordFingerprint[], void> {
  const all: RecordFingerprint[] = [];
  for (const type of sharedTypes) {
    const pageQuery = `SELECT id, payload FROM ${tableOf[type]} WHERE deleted_at IS NULL AND id > ? ORDER BY id LIMIT ${pageSize}`;
    for (let lastId = ''; ;) {
      const rows = db.all<{ id: string; payload: string }>(pageQuery, [lastId]);
      for (const { id, payload: text } of rows) {
        const payload = JSON.parse(text) as JsonObject;
        if (!isRecordShared(db, share, { type, payload })) continue;
        const bytes = hash('sha256', fingerprintText(type, id, payload), 'buffer');
        all.push({ id, type, high: bytes.readBigUInt64BE(0), low: bytes.readBigUInt64BE(8) });
      }
      yield all.length;
      if (rows.length < pageSize) break;
      lastId = rows.at(-1)?.id ?? '';
    }
  }
  return all.sort((a, b) => compareIds(a.id, b.id));
}

/** In the byte order of UTF-8, as both databases order. */
function compareIds(a: string, b: string): number {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return Buffer.compare(left, right);
}

/** The digest of a range of ids, and its records. `all` is ordered by id. */
export function digestOfRange(
  all: readonly RecordFingerprint[],
  { from, to }: Pick<DigestRange, 'from' | 'to'>,
): { count: number; fingerprint: string; records: readonly RecordFingerprint[] } {
  const start = lowerBound(all, from);
  const end = to === null ? all.length : lowerBound(all, to);
  const records = all.slice(start, end);
  let [high, low] = [0n, 0n];
  for (const one of records) {
    high ^= one.high;
    low ^= one.low;
  }
  const fingerprint = [high, low].map((half) => half.toString(16).padStart(16, '0')).join('');
  return { count: records.length, fingerprint, records };
}

/** A request has at most `maxRanges` ranges, and each is divided into `partsPerRange` parts. */
const partsPerRange = 32;
const maxRanges = 64;
/** Maximum number of differing records to list. */
export const maxDifferences = 1000;

interface RangeQuery {
  ranges: { from: string; to: string | null }[];
  parts: number;
}

/** Finds the ids of records that differ from the server: compares digests of ranges of ids, and divides the ranges that differ. */
export async function findDiffering(
  all: readonly RecordFingerprint[],
  fetchDigests: (request: RangeQuery, done: number) => Promise<readonly DigestRange[]>,
): Promise<{ ids: string[]; round_trips: number }> {
  const ids = new Set<string>();
  let openRanges: RangeQuery['ranges'] = [{ from: '', to: null }];
  let round_trips = 0;
  while (openRanges.length > 0 && ids.size < maxDifferences) {
    const ranges = openRanges.slice(0, maxRanges);
    openRanges = openRanges.slice(maxRanges);
    round_trips += 1;
    for (const theirs of await fetchDigests({ ranges, parts: partsPerRange }, round_trips)) {
      const ours = digestOfRange(all, theirs);
      if (ours.count === theirs.count && ours.fingerprint === theirs.fingerprint) continue;
      if (theirs.count <= 1) {
        for (const { id } of ours.records) ids.add(id);
        if (theirs.first !== null) ids.add(theirs.first);
      } else openRanges.push({ from: theirs.from, to: theirs.to });
    }
  }
  return { ids: [...ids], round_trips };
}

function lowerBound(all: readonly RecordFingerprint[], id: string): number {
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds((all[middle] as RecordFingerprint).id, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
