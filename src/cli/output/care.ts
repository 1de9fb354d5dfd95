import type { Finding, Stats } from '#shared/contract/care.ts';
import { amount, bytesOf, timeOf } from '../words.ts';

type Params = Finding['params'];
const number = (params: Params, name: string): number => Number(params[name] ?? 0);
const text = (params: Params, name: string): string => String(params[name] ?? '');
const moment = (params: Params, name: string): string => `${timeOf(text(params, name))} (UTC)`;

/** "3 days", "5 hours" */
function span(ms: number): string {
  const hours = Math.floor(Math.abs(ms) / 3_600_000);
  if (hours === 0) return 'less than an hour';
  return hours < 48 ? amount(hours, 'hour') : amount(Math.floor(hours / 24), 'day');
}

const says: Readonly<Record<string, (params: Params) => string>> = {
  'file.ours': (p) => `a workspace of FRAMES, schema ${number(p, 'schema')}`,
  'file.older': (p) =>
    `has the older schema ${number(p, 'schema')}; opening it brings it to ${number(p, 'newest')}`,
  'file.newer': () => 'was written by a newer version of FRAMES',
  'file.missing': () => 'missing: there is no workspace in this folder',
  'file.empty': () => 'empty: it holds no workspace',
  'file.foreign': () => 'no database of FRAMES, or its beginning is damaged',
  'file.damaged': () => 'damaged: it cannot be read, or a part of it is missing',
  'file.strange_log': () =>
    'the log beside it (frames.sqlite-wal) is of another file: set it aside ("frames set-log-aside"), or restore a backup',
  'file.unreadable': () => 'the system refuses access to it: allow reading and writing it',
  'file.full': () => 'the disk is full: it cannot be opened; make room and try again',
  'file.read_only_folder': () => 'its folder can only be read: it cannot be opened; allow writing there',
  'size.is': (p) => `${bytesOf(number(p, 'bytes'))}, and ${bytesOf(number(p, 'wal'))} of log beside it`,
  'disk.free': (p) => `${bytesOf(number(p, 'free'))} free`,
  'disk.low': (p) =>
    `only ${bytesOf(number(p, 'free'))} free: a backup and a restore may need ${bytesOf(number(p, 'needed'))}`,
  'disk.full': (p) => `full: ${bytesOf(number(p, 'free'))} free; make room, or nothing more can be saved`,
  'disk.unknown': (p) => `how much is free cannot be told (${text(p, 'error')})`,
  'access.writable': () => 'can be written',
  'access.read_only': (p) => `can only be read (${text(p, 'error')}): nothing can be changed`,
  'synced.none': () => 'no client of a cloud seems to sync it',
  'synced.by': (p) =>
    `${text(p, 'client')} seems to sync ${text(p, 'folder')}: it may copy files while they are written; keep the workspace elsewhere`,
  'integrity.whole': (p) => (text(p, 'how') === 'full' ? 'whole, every page and index' : 'whole'),
  'integrity.damaged': (p) => `damaged: ${text(p, 'problem')}`,
  'integrity.unreadable': (p) => `damaged: SQLite cannot read all of the file (${text(p, 'error')})`,
  'noted.damaged': () => 'damage was met here before (damaged.json), and is still there',
  'noted.unknown': () =>
    'damage was met here before (damaged.json); whether it is still there cannot be looked at now',
  'noted.whole': () =>
    'damage was met here before (damaged.json); nothing of it is found now, and whoever opens it next forgets it',
  'chain.whole': (p) =>
    `whole: ${amount(number(p, 'transactions'), 'transaction')}, ${amount(number(p, 'rows'), 'change')}`,
  'chain.broken': (p) => `broken: ${text(p, 'problem')}`,
  'chain.unreadable': (p) => `cannot be read (${text(p, 'error')})`,
  'head.kept': () => 'stands in the log',
  'head.missing': () => 'missing: an end of the log cut off before now would not be noticed',
  'head.cut': () => 'not in the log: its end was cut off',
  'head.another': () => 'not in the log: the file is of another workspace',
  'head.unreadable': (p) => `cannot be compared (${text(p, 'error')})`,
  'clock.right': () => 'not behind the log',
  'clock.behind': (p) => `behind: the newest change in the log is of ${moment(p, 'newest')}`,
  'place.usual': () => 'in the workspace itself',
  'place.chosen': (p) => text(p, 'folder'),
  'place.missing': (p) => `${text(p, 'folder')} is not there: nothing can be backed up`,
  'backup.none': () => 'there is none: make one ("frames backup create")',
  'backup.nothing': () => 'nothing to back up yet',
  'backup.there': (p) => `the newest that may be used is ${text(p, 'id')}`,
  'backup.current': (p) => `${text(p, 'id')} has all that was written`,
  'backup.recent': (p) => `${text(p, 'id')}, ${span(number(p, 'age'))} old; something was written since`,
  'backup.replaced': (p) =>
    `${text(p, 'id')}, of records that were replaced since; an earlier one, of ${moment(p, 'since')}, has all that is there now`,
  'backup.other': (p) =>
    `${text(p, 'id')}, of records that were replaced since; there is none of those that are here now`,
  'backup.apart': (p) =>
    `${text(p, 'id')}, of records that were replaced since; the newest that these go on from is of ${moment(p, 'since')}, and something was written since`,
  'backup.old': (p) => `${text(p, 'id')} is ${span(number(p, 'age'))} old, and something was written since`,
  'daily.failed': (p) => `the last one was not made (${text(p, 'reason')})`,
  'others.open': (p) => text(p, 'who'),
  'verified.never': () => 'each was checked when it was made, none since',
  'verified.whole': (p) => `${text(p, 'id')} was found whole at ${moment(p, 'at')}`,
  'verified.damaged': (p) =>
    number(p, 'count') === 1
      ? `backup ${text(p, 'id')} cannot be used or was found damaged`
      : `${number(p, 'count')} backups cannot be used or were found damaged, for example ${text(p, 'id')}`,
  'sandboxes.fine': (p) => amount(number(p, 'count'), 'sandbox', 'sandboxes'),
  'sandboxes.problems': (p) =>
    `${amount(number(p, 'count'), 'sandbox', 'sandboxes')} with problems: ${text(p, 'problem')}`,
};

const titles: Readonly<Record<string, string>> = {
  file: 'File',
  size: 'Size',
  disk: 'Disk',
  access: 'Folder',
  synced: 'Cloud',
  integrity: 'Pages',
  noted: 'Noted damage',
  chain: 'Audit',
  head: 'Kept head',
  clock: 'Clock',
  place: 'Place of backups',
  backup: 'Newest backup',
  daily: 'Daily backup',
  others: 'Open in',
  verified: 'Checked backups',
  sandboxes: 'Sandboxes',
};
const marks = { good: '✓', warn: '!', bad: '✗' } as const;

/** What to do about live where it is damaged. */
export const wayOut =
  'Restore a backup ("frames backup restore ID"), or get back what can be read ("frames salvage").';

/** What to do where what was found makes live no file that cannot be worked with. */
export const wayToMend =
  'The file is sound and can be worked with: choose another record, or none, where one refers to what is not there ("frames entities update"); an index that somebody added may stay.';

/** What to do where live is whole, and lacks what was written down beside it. */
export const wayBack =
  'Put the newer file back, restore a backup ("frames backup restore ID"), or say that it is meant ("frames accept").';

/** What to do about live after what was found in it; empty where nothing is wrong with the file itself. */
export function wayAfter(findings: readonly Finding[]): string {
  const bad = findings.filter(({ state }) => state === 'bad');
  if (bad.some(isDamaged)) return ` ${wayOut}`;
  if (bad.some(({ code }) => code === 'head.cut' || code === 'head.another')) return ` ${wayBack}`;
  // Of the schema that somebody noted nothing else is said.
  return bad.some(({ id }) => id === 'noted') ? ` ${wayOut}` : '';
}

const isDamaged = ({ id, code }: Finding): boolean =>
  ['integrity', 'chain'].includes(id) ||
  ['file.damaged', 'file.foreign', 'file.empty', 'head.unreadable'].includes(code);

/** What was found, as a sentence without its end. */
export const findingText = ({ id, code, params }: Finding): string =>
  `${titles[id] ?? id}: ${says[code]?.(params) ?? code}`;

export const findingLine = (finding: Finding): string => `${marks[finding.state]} ${findingText(finding)}`;

/** What is said above the list of parts. */
export function statsLines({ bytes, wal, page_bytes, free_pages, log, months }: Stats): string[] {
  return [
    `${bytesOf(bytes)}, and ${bytesOf(wal)} of log beside it; ${bytesOf(free_pages * page_bytes)} of it is free and goes with "frames vacuum".`,
    `The audit: ${amount(log.transactions, 'transaction')}, ${amount(log.changes, 'change')}.`,
    ...months.map(
      (one) =>
        `    ${one.month}: ${amount(one.transactions, 'transaction')}, ${amount(one.changes, 'change')}`,
    ),
  ];
}
