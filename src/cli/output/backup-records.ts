import type { BackupDifferences, FieldBetween, RestoredRecords } from '#shared/contract/backup-records.ts';
import type { BackupInside } from '#shared/contract/backups.ts';
import { sumOf } from '#shared/domain/counts.ts';
import type { Json } from '#shared/domain/json.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import { amount, countsLine, nameOf, sentence, timeOf } from '../words.ts';
import { valueText } from './records.ts';
import { cut } from './table.ts';

/** Longest value that is shown whole. */
const longest = 40;
const told = (value: Json | undefined): string =>
  value === undefined ? '(absent)' : cut(valueText(value), longest) || '(empty)';

/** Each field as it is now, and as it becomes. */
const fieldLines = (fields: readonly FieldBetween[]): string[] =>
  fields.map(({ field, backup, live }) => `    ${field}: ${told(live)} → ${told(backup)}`);

const ofAnother = '! The backup is of another workspace.';

/** What a backup has that live, or what `where` names, has no more or otherwise, and below it how much there is. */
export function backupDiffLines(
  { id, another, counts, matched, rows }: BackupDifferences,
  offset: number,
  where = 'live',
): string[] {
  const { gone, changed } = counts;
  const left = matched - offset - rows.length;
  return [
    ...(another ? [ofAnother] : []),
    gone + changed === 0
      ? `${sentence(where)} has everything that backup ${id} has, as it is there.`
      : `Of backup ${id}, ${amount(gone, 'record')} gone in ${where}, ${changed} changed.`,
    ...rows.flatMap(({ type, id: record, title, change, fields }) => [
      `${change === 'gone' ? '-' : '~'} ${nameOf(type)} "${title}" (${record})`,
      ...(change === 'changed' ? fieldLines(fields) : []),
    ]),
    ...(left > 0 ? [`${amount(left, 'record')} more: --offset ${offset + rows.length}`] : []),
  ];
}

const actions = { created: 'make', restored: 'bring back', updated: 'change', none: 'leave' } as const;
const reasons = {
  asked: '',
  needed: ', which is referred to',
  link: ', a link',
  reference: ', which named one of these',
} as const;

const refusedOfAnother = '! The backup is of another workspace: restoring from it wants --another.';

type Told = RestoredRecords['records'][number];

const recordLines = ({ type, id, title, action, fields }: Told, reason: string): string[] => [
  action === 'none'
    ? `= ${nameOf(type)} "${title}" (${id}) is as in the backup`
    : `${actions[action]} ${nameOf(type)} "${title}" (${id})${reason}`,
  ...(action === 'updated' ? fieldLines(fields) : []),
];

/** In the order in which types are named. */
const inOrder = (counts: Readonly<Record<string, number>>): string =>
  countsLine(Object.fromEntries(entityTypes.map((type) => [tableOf[type], counts[tableOf[type]] ?? 0])));

/** What comes with universities, counted: there may be thousands. */
function contentLines(records: readonly Told[]): string[] {
  const counts: Record<string, number> = {};
  for (const { type, why } of records)
    if (why === 'contents') counts[tableOf[type]] = (counts[tableOf[type]] ?? 0) + 1;
  return sumOf(counts) === 0 ? [] : [`bring back what went with it: ${inOrder(counts)}`];
}

/** What no option brings back, and what does. */
function apartLines({ links, ends, named }: RestoredRecords['links_apart'], withLinks: boolean): string[] {
  if (links === 0) return [];
  const more = ends > named.length ? ` and ${ends - named.length} more` : '';
  const all = named.map(({ type, id, title }) => `${nameOf(type)} "${title}" (${id})`).join(', ');
  const [theEnds, each] = ends === 1 ? ['end is', 'it'] : ['ends are', 'each of them'];
  return [
    `${sentence(amount(links, 'link'))} of the backup not brought back, as the other ${theEnds} gone too: ${all}${more}. ` +
      `A --record for ${each}${withLinks ? '' : ' and --with-links'} does.`,
  ];
}

/** What restoring records would do, or has done; `another` says that it may be of another workspace, `links` that links come too. */
export function recordsLines(
  { records, another, contents_left, links_left, links_apart, references_left, problems }: RestoredRecords,
  granted: { another: boolean; links: boolean },
): string[] {
  return [
    ...(another ? [granted.another ? ofAnother : refusedOfAnother] : []),
    ...records.flatMap((one) => (one.why === 'contents' ? [] : recordLines(one, reasons[one.why]))),
    ...contentLines(records),
    ...(sumOf(contents_left) > 0
      ? [`Not brought back, which went with it: ${inOrder(contents_left)}. --with-contents does.`]
      : []),
    ...(links_left > 0
      ? [`${sentence(amount(links_left, 'link'))} of the backup not brought back: --with-links does.`]
      : []),
    ...apartLines(links_apart, granted.links),
    ...(references_left > 0
      ? [
          `${sentence(amount(references_left, 'record'))} that named one of these in a field ` +
            `${references_left === 1 ? 'has' : 'have'} that empty now: --with-references sets it again.`,
        ]
      : []),
    ...problems.map(({ path, message }) => `! ${path === '' ? message : `${path}: ${message}`}`),
  ];
}

/** What was done, in one sentence. */
export function recordsSentence({ backup, made, op_id, records }: RestoredRecords): string {
  const changed = records.filter(({ action }) => action !== 'none').length;
  return op_id === null
    ? 'Nothing was changed: everything is as in the backup.'
    : `Restored ${amount(changed, 'record')} from backup ${backup} of ${timeOf(made)} (UTC). "frames undo" takes it back.`;
}

/** ", 2 sandboxes, 1 golden version": what a backup holds besides live. */
export function insideText(inside: readonly BackupInside[]): string {
  const sandboxes = inside.filter(({ kind }) => kind === 'sandbox').length;
  const golden = inside.length - sandboxes;
  return [
    sandboxes > 0 ? `, ${amount(sandboxes, 'sandbox', 'sandboxes')}` : '',
    golden > 0 ? `, ${amount(golden, 'golden version')}` : '',
  ].join('');
}
