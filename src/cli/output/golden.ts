import type { Reset } from '#core/versions/golden-reset.ts';
import type { GoldenDifferences, GoldenStatus, GoldenVersion } from '#shared/contract/golden.ts';
import { amount, bytesOf, countsLine, nameOf, timeOf } from '../words.ts';
import { Failed } from './errors.ts';
import { valueText } from './records.ts';
import { beforeLine } from './restore.ts';
import type { Column } from './table.ts';

export const goldenColumns: readonly Column<GoldenVersion>[] = [
  { title: 'Version', align: 'right', cell: ({ version }) => String(version) },
  { title: 'Made (UTC)', cell: ({ made }) => (made === null ? '' : timeOf(made)) },
  { title: 'By', cell: ({ by }) => by?.name ?? '' },
  { title: 'Size', cell: ({ bytes }) => (bytes === null ? '' : bytesOf(bytes)) },
  { title: 'Current', cell: ({ current }) => (current ? 'yes' : '') },
  { title: 'Note', cell: ({ note }) => note ?? '' },
  { title: 'Holds', cell: ({ counts, problem }) => problem ?? (counts === null ? '' : countsLine(counts)) },
];

export function statusLines(status: GoldenStatus): string[] {
  const { shipped, current, versions, unusable, live } = status;
  const { version, counts, problem, installed } = shipped;
  return [
    problem ??
      `Golden copy ${version} comes with FRAMES (${countsLine(counts ?? {})}); here it is version ${installed}.`,
    current === null
      ? 'There are no golden versions here.'
      : `${amount(versions.length, 'version')} here, the current one is ${current}.`,
    ...unusable.map(({ problem }) => `✗ ${problem}`),
    ...(unusable.length > 0 ? [whatToDo] : []),
    `Live: ${countsLine(live.counts)}. ${standing(status)}`.trimEnd(),
  ];
}

const whatToDo =
  '"frames golden verify" checks all; "frames golden diff N" and "frames golden reset --version N" mean another one.';

/** What is wrong with golden versions ends a command as checking them does. Throws Failed. */
export function refuseUnusable(problems: readonly (string | null)[], result: unknown): void {
  const first = problems.find((problem) => problem !== null);
  if (first != null) throw new Failed('NOT_VERIFIED', `The golden copy did not pass: ${first}`, result);
}

function standing({ current, unusable, live: { differing, changes } }: GoldenStatus): string {
  if (current === null) return '';
  if (unusable.some(({ version }) => version === current))
    return 'How it stands to the current version cannot be told.';
  if (differing === null)
    return 'It does not go on from the current version: "frames golden diff" compares them.';
  if (differing > 0)
    return `${amount(differing, 'record differs', 'records differ')} from the current version: "frames golden diff" shows ${differing === 1 ? 'it' : 'them'}.`;
  return changes === 0 ? 'It is as the current version.' : 'No record differs from the current version.';
}

/** "Beside golden version 1, 3 records were added, 0 removed, 2 changed." */
export function changesLine({ version, counts }: GoldenDifferences): string {
  const { added, removed, changed } = counts;
  if (added + removed + changed === 0) return `Nothing is different from golden version ${version}.`;
  return `Beside golden version ${version}: ${amount(added, 'record')} added, ${removed} removed, ${changed} changed.`;
}

const marks = { added: '+', removed: '-', changed: '~' } as const;

export function diffLines(found: GoldenDifferences, offset: number): string[] {
  const { rows, counts } = found;
  const total = counts.added + counts.removed + counts.changed;
  const left = total - offset - rows.length;
  return [
    changesLine(found),
    ...rows.flatMap(({ type, id, title, change, fields }) => [
      `${marks[change]} ${nameOf(type)} "${title}" (${id})`,
      ...(change === 'changed'
        ? fields.map(({ field, golden, live }) => `    ${field}: ${told(golden)} → ${told(live)}`)
        : []),
    ]),
    ...(left > 0 ? [`${amount(left, 'record')} more: --offset ${offset + rows.length}`] : []),
  ];
}

const told = (value: GoldenDifferences['rows'][number]['fields'][number]['live']): string =>
  value === undefined ? '(absent)' : valueText(value);

/**
 * What is said before a version that comes with the program takes the place of records, which `now` counts: that it is made up, and how to
 * keep them as an own version where there is none. Nothing of any other version.
 */
export function sampleLine(
  versions: readonly GoldenVersion[],
  version: number,
  now: Readonly<Record<string, number>>,
): string {
  const meant = versions.find((one) => one.version === version);
  if (meant?.shipped == null) return '';
  const what = `Golden version ${version} is the made-up sample that comes with FRAMES: ${countsLine(meant.counts ?? {})}. `;
  if (Object.values(now).every((count) => count === 0)) return what;
  const own = versions.some(({ shipped, problem }) => shipped === null && problem === null);
  const publish = own ? '' : 'No golden version of these is published: "frames golden publish" keeps one. ';
  return `${what}It replaces all records here: ${countsLine(now)}. ${publish}`;
}

export function resetLines(reset: Reset): string[] {
  const { version, counts, safety, displaced } = reset;
  return [
    `Golden version ${version} is in the place of the records now: ${countsLine(counts)}.`,
    safety === null
      ? `What was there before is damaged, and lies as it was in backups/${displaced}.`
      : beforeLine(reset),
  ];
}
