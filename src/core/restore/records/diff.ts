import { fold } from '#shared/domain/fold.ts';
import type { BackupDifference, BackupDifferences } from '#shared/contract/backup-records.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadingBackup } from '../../versions/open.ts';
import { readHead } from '../../log/audit/head.ts';
import { locateIn } from '../../log/records/locate.ts';
import { mergeBaseOf } from '../../compare/base.ts';
import type { Differing } from '../../compare/classify.ts';
import { differences } from '../../compare/differences.ts';
import type { Sides } from '../../compare/differences.ts';
import { titleOf } from '../../compare/page.ts';
import { withOpen } from '../../compare/sides.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { readUniversity } from '../../model/titles.ts';
import { completed, streamed } from '../../kernel/progress.ts';
import type { Services } from '../../model/services.ts';
import { readFacts } from '../../log/workspace-facts.ts';
import { fieldsBetween, isRestorable } from './restore.ts';
import { withBackup } from '../../versions/open.ts';
import { backupDifferences, mostKept } from './backup-differences.ts';

interface Asked {
  types: readonly AuditedType[];
  text: string;
  offset: number;
  limit: number;
}

type Page = Pick<BackupDifferences, 'counts' | 'matched' | 'rows'>;
/** Filters by kind, and by a text in id or title. */
type Meant = (type: AuditedType, id: string, title: () => string) => boolean;

/**
 * Records of a backup that the open database, live or a sandbox, lacks or has changed, found from the ends of both logs. Cached unless too
 * many differ. Throws as `withBackup`.
 */
export async function diffBackup(
  services: Services,
  asked: Asked,
  reading: ReadingBackup,
): Promise<BackupDifferences> {
  const { id } = reading;
  const meant = meantBy(asked);
  const kept = backupDifferences(services).found(
    await withOpen(services, (live) => Promise.resolve(stateOf(live, id))),
  );
  if (!kept) return look(services, asked, reading);
  const rows = kept.rows.filter(({ type, id: one, title }) => meant(type, one, () => title));
  const page = rows.slice(asked.offset, asked.offset + asked.limit);
  return { id, another: kept.another, counts: kept.counts, matched: rows.length, rows: page };
}

function look(services: Services, asked: Asked, reading: ReadingBackup): Promise<BackupDifferences> {
  const { clock, signal, tell, id } = reading;
  return withBackup(reading, (backup, { head, workspace }) =>
    withOpen(services, async (live) => {
      const sides = { live, play: backup, mergeBase: mergeBaseOf(live, backup, { base: head }) };
      const pace = { step: 'checking', total: null, clock, signal };
      const { all, ...page } = await completed(streamed(collect(sides, asked), pace), tell);
      const another = readFacts(live).id !== workspace;
      if (all)
        backupDifferences(services).keep(stateOf(live, id), { another, counts: page.counts, rows: all });
      return { id, another, ...page };
    }),
  );
}

/** A backup and the state of live, which its log identifies. */
const stateOf = (live: ReadHandle, id: string): string => `${id} ${readHead(live).hash}`;

function meantBy({ types, text }: Asked): Meant {
  const wanted = fold(text);
  const contains = (value: string): boolean => fold(value).includes(wanted);
  return (type, id, title) =>
    (types.length === 0 || types.includes(type)) && (wanted === '' || contains(id) || contains(title()));
}

/** The requested page; and `all` differences, or null if too many. */
function* collect(
  sides: Sides,
  asked: Asked,
): Generator<number, Page & { all: BackupDifference[] | null }, void> {
  const meant = meantBy(asked);
  const counts = { gone: 0, changed: 0 };
  const rows: BackupDifference[] = [];
  let all: BackupDifference[] | null = [];
  let matched = 0;
  yield* differences(sides, (found) => {
    const change = changeOf(found);
    if (!change || locateIn(sides.play, found.type, found.id)?.hidden) return;
    counts[change] += 1;
    const one = all && all.length < mostKept ? toDifference(sides, found) : null;
    if (one) all?.push(one);
    else all = null;
    if (!meant(found.type, found.id, () => titleOf(sides, found))) return;
    matched += 1;
    if (matched > asked.offset && rows.length < asked.limit) rows.push(one ?? toDifference(sides, found));
  });
  return { counts, matched, rows, all };
}

function changeOf({ type, live, play }: Differing): BackupDifference['change'] | null {
  if (!isRestorable(type) || !play.payload) return null;
  if (!live.payload) return 'gone';
  return jsonEqual(live.payload, play.payload) ? null : 'changed';
}

function toDifference(sides: Sides, found: Differing): BackupDifference {
  const { type, id, live, play } = found;
  const payload = play.payload as JsonObject;
  return {
    type,
    id,
    title: titleOf(sides, found),
    university: readUniversity(sides.play, { type, id, payload }),
    change: live.payload ? 'changed' : 'gone',
    fields: fieldsBetween(payload, live.payload),
  };
}
