import type { BackupDifferences, FieldBetween, RestoredRecords } from '#shared/contract/backup-records.ts';
import type { BackupInside } from '#shared/contract/backups.ts';
import type { Json } from '#shared/domain/json.ts';
import { amount, nameOf, sentence, timeOf } from '../words.ts';
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

/** What restoring records would do, or has done; `granted` says that it may be of another workspace. */
export function recordsLines(
  { records, another, links_left, references_left, problems }: RestoredRecords,
  granted: boolean,
): string[] {
  return [
    ...(another ? [granted ? ofAnother : refusedOfAnother] : []),
    ...records.flatMap(({ type, id, title, action, why, fields }) => [
      action === 'none'
        ? `= ${nameOf(type)} "${title}" (${id}) is as in the backup`
        : `${actions[action]} ${nameOf(type)} "${title}" (${id})${reasons[why]}`,
      ...(action === 'updated' ? fieldLines(fields) : []),
    ]),
    ...(links_left > 0
      ? [`${sentence(amount(links_left, 'link'))} of the backup not brought back: --with-links does.`]
      : []),
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
