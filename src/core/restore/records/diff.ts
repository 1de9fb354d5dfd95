import type { BackupDifference, BackupDifferences } from '#shared/contract/backup-records.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Verifying } from '../../backup/verify.ts';
import { footingOf } from '../../compare/base.ts';
import type { Differing } from '../../compare/classify.ts';
import { differences } from '../../compare/differences.ts';
import type { Sides } from '../../compare/differences.ts';
import { titleOf } from '../../compare/page.ts';
import { withLive } from '../../compare/sides.ts';
import { fold } from '../../db/connection.ts';
import { completed, streamed } from '../../progress.ts';
import type { Services } from '../../services.ts';
import { readFacts } from '../../workspace/facts.ts';
import { fieldsBetween, isRestorable } from './between.ts';
import { withBackup } from './image.ts';

interface Asked {
  types: readonly AuditedType[];
  text: string;
  offset: number;
  limit: number;
}

/** What a backup has of records that live has no more, or has otherwise: two sides, by the ends of both logs. Throws as `withBackup`. */
export function diffBackup(services: Services, asked: Asked, reading: Verifying): Promise<BackupDifferences> {
  const { clock, signal, tell, id } = reading;
  return withBackup(reading, (backup, { head, workspace }) =>
    withLive(services, async (live) => {
      const footing = footingOf(live, backup, { base: head, settled: 0 });
      const sides = { live, play: backup, footing };
      const pace = { step: 'checking', total: null, clock, signal };
      const found = await completed(streamed(collect(sides, asked), pace), tell);
      return { id, another: readFacts(live).id !== workspace, ...found };
    }),
  );
}

function* collect(
  sides: Sides,
  { types, text, offset, limit }: Asked,
): Generator<number, Pick<BackupDifferences, 'counts' | 'matched' | 'rows'>, void> {
  const wanted = fold(text) ?? '';
  const contains = (value: string): boolean => fold(value)?.includes(wanted) === true;
  const counts = { gone: 0, changed: 0 };
  const rows: Differing[] = [];
  let matched = 0;
  yield* differences(sides, (found) => {
    const change = changeOf(found);
    if (!change) return;
    counts[change] += 1;
    if (types.length > 0 && !types.includes(found.type)) return;
    if (wanted !== '' && !contains(found.id) && !contains(titleOf(sides, found))) return;
    matched += 1;
    if (matched > offset && rows.length < limit) rows.push(found);
  });
  return { counts, matched, rows: rows.map((row) => toDifference(sides, row)) };
}

function changeOf({ type, live, play }: Differing): BackupDifference['change'] | null {
  if (!isRestorable(type) || !play.payload) return null;
  if (!live.payload) return 'gone';
  return jsonEqual(live.payload, play.payload) ? null : 'changed';
}

function toDifference(sides: Sides, found: Differing): BackupDifference {
  const { type, id, live, play } = found;
  return {
    type,
    id,
    title: titleOf(sides, found),
    change: live.payload ? 'changed' : 'gone',
    fields: fieldsBetween(play.payload as JsonObject, live.payload),
  };
}
