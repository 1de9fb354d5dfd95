import { hasTaken } from '#core/salvage/tally.ts';
import type { Missing, SalvageReport } from '#shared/contract/salvage.ts';
import { amount, countsLine, nameOf, timeOf } from '../words.ts';

const why: Readonly<Record<SalvageReport['left'][number]['why'], string>> = {
  refers: 'what it refers to is not there',
  unfit: 'its table does not take it',
  unnamed: 'nobody can tell what it is',
  contradicted: 'the log says otherwise',
  unreadable: 'what it was cannot be read',
  older: 'its last changes cannot be read',
};

const whyUnused: Readonly<Record<SalvageReport['unused'][number]['why'], string>> = {
  line: 'the history that could be read does not lead to it',
  unusable: 'it cannot be read, or is of a newer program',
};

/** More than so many are not named on the terminal; --json has more. */
const most = 20;

/** Changes that were written down and are not there, as one line. */
export function missingLines(missing: Missing | null): string[] {
  if (missing === null) return [];
  const { since, until, maybe } = missing;
  const after = since === null ? '' : ` after ${timeOf(since)}`;
  const end = until === null ? '' : ` until ${timeOf(until)}`;
  const [how, but] =
    maybe === true ? ['May be lost', ', but for what could be read in the file itself'] : ['Lost', ''];
  if (after + end === '') return [`${how}: the newest changes that were written down beside the file${but}.`];
  return [`${how}: the changes${after}${end} (UTC)${but}.`];
}

/** How far the log could be read, and what is taken where it ends. */
function logLines(report: SalvageReport, taken: string): string[] {
  const { older, whole } = report;
  const lines: string[] = [];
  if (older)
    lines.push(
      `The file is an older copy: its log ends at ${timeOf(older.until)} (UTC), and the backup has all of it and goes on from there.`,
      hasTaken(report)
        ? `From the tables, as neither log tells of it: ${taken}.`
        : 'Nothing of its tables is taken: what the backup has is newer.',
    );
  if (whole) lines.push('The log is whole: nothing is known to be lost.');
  else if (!older)
    lines.push(
      `A part of the log cannot be read, or nothing says where it ended. From the tables instead: ${taken}.`,
    );
  return lines;
}

/** What salvaging gives, and what is lost. */
export function salvageLines(report: SalvageReport): string[] {
  const { backup, transactions, until, tables, unread, left, more, spoiled, unused, closed, missing } =
    report;
  const counts = (which: 'now' | 'taken'): string =>
    countsLine(Object.fromEntries(Object.entries(tables).map(([table, one]) => [table, one[which]])));
  const begins = backup ? `Backup ${backup.id} of ${timeOf(backup.made)} (UTC)` : 'No backup';
  const lines = [
    `There are then: ${counts('now')}.`,
    `${begins}, and ${amount(transactions, 'change')} of the log after it${until === null ? '' : `, up to ${timeOf(until)} (UTC)`}.`,
    ...logLines(report, counts('taken')),
    ...missingLines(missing),
    ...(report.another === true ? ['! The file is of another workspace than this folder.'] : []),
  ];
  if (unread > 0)
    lines.push(
      `Not readable in the file itself: ${amount(unread, 'record')}. What was changed of them after the log that can be read is lost; all others are as new as the file.`,
    );
  if (left.length > 0)
    lines.push(`Left out or older than they were: ${amount(left.length + more, 'record')}.`);
  for (const { type, id, title, why: reason } of left.slice(0, most))
    lines.push(
      `  ${type === '' ? 'record' : nameOf(type)} ${id}${title === '' ? '' : ` (${title})`}: ${why[reason]}`,
    );
  if (left.length + more > most) lines.push('  … more with --json');
  for (const id of spoiled) lines.push(`Backup ${id} is damaged or cannot be read, and was not used.`);
  for (const { id, why: reason } of unused)
    lines.push(`Later backup ${id} was not used: ${whyUnused[reason]}.`);
  for (const folder of closed ?? [])
    lines.push(`! The folder of backups ${folder} cannot be read: none in it was used.`);
  return lines;
}
