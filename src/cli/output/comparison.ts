import type { Comparison, Difference, FieldDifference } from '#shared/contract/compare.ts';
import type { Json } from '#shared/domain/json.ts';
import { sameValue } from '#core/history/effect.ts';
import { amount, nameOf, sentence } from '../words.ts';
import { nameAmong } from './called.ts';
import { cut, tableLines } from './table.ts';
import type { Column } from './table.ts';

/** Longest value that is shown whole. */
const longest = 40;

const classes: Readonly<Record<Difference['class'], string>> = {
  play: 'Play',
  live: 'live',
  both: 'both',
  same: 'both alike',
  conflict: 'CONFLICT',
};

/** The columns of what differs; records of one type and name are told apart by their universities. */
const columnsFor = (rows: readonly Difference[]): readonly Column<Difference>[] => [
  { title: 'Changed by', cell: (one) => classes[one.class] },
  { title: 'Type', cell: ({ type }) => nameOf(type) },
  { title: 'ID', cell: ({ id }) => id },
  { title: 'Name', cell: nameAmong(rows) },
  { title: 'In Play', cell: ({ play }) => play ?? '' },
  { title: 'In live', cell: ({ live }) => live ?? '' },
  { title: 'Fields', cell: fieldsText },
];

/** Fields with what they became, as far as they do not follow from the record having come or gone. */
function fieldsText({ play, live, conflict, fields }: Difference): string {
  if (conflict === 'other_type') return 'the id belongs to records of two types';
  const changed = [play, live].some((action) => action === 'updated') || conflict === 'created';
  if (!changed) return '';
  if (conflict === 'deleted') return deletedText(play === 'deleted', fields);
  const told = conflict === null ? fields : fields.filter((one) => one.class !== 'same');
  return told.map(fieldText).join('; ');
}

/** A record that one side deleted: what the other made of it. */
function deletedText(inPlay: boolean, fields: readonly FieldDifference[]): string {
  const side = inPlay ? 'live' : 'play';
  const changed = fields
    .filter((one) => !sameValue(one.base, one[side]))
    .map((one) => fieldText({ ...one, class: side }));
  const [gone, kept] = inPlay ? ['Play', 'live'] : ['live', 'Play'];
  return `${gone} deleted it; ${kept} changed ${changed.length === 0 ? 'it' : changed.join('; ')}`;
}

/** A field with what it became, or what both sides made of it. */
export function fieldText(one: FieldDifference): string {
  if (one.class === 'conflict') {
    const was = one.base === undefined ? '' : `, was ${shown(one.base)}`;
    return `${one.field}: Play ${shown(one.play)}, live ${shown(one.live)}${was}`;
  }
  const became = one.class === 'live' ? one.live : one.play;
  return `${one.field}: ${shown(one.base)} → ${shown(became)}`;
}

/** Absent is told from null. */
function shown(value: Json | undefined): string {
  return value === undefined ? '(none)' : cut(JSON.stringify(value), longest);
}

/** What is different, and below it how much there is. */
export function comparisonLines(found: Comparison, offset: number, width: number): string[] {
  const { rows, matched, counts, based } = found;
  const table = rows.length > 0 ? [...tableLines(columnsFor(rows), rows, width), ''] : [];
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const each = [
    `${counts.play} by Play`,
    `${counts.live} by live`,
    `${counts.both + counts.same} by both without conflict`,
    amount(counts.conflict, 'conflict'),
  ];
  const total =
    all === 0
      ? 'Nothing is different.'
      : `${sentence(amount(all, 'record differs', 'records differ'))}: ${each.join(', ')}.`;
  const part = rows.length < matched ? [`Shown are ${rows.length} of ${matched} from ${offset + 1} on.`] : [];
  const byName =
    found.by_name > 0 ? [`! ${sentence(profiles(found.by_name))} promoted only by name (--only).`] : [];
  return [...table, total, ...part, ...standing[based], ...byName];
}

const profiles = (count: number): string => amount(count, 'profile is', 'profiles are');

const standing: Readonly<Record<Comparison['based'], readonly string[]>> = {
  base: [],
  common: [
    '! Live was restored since the sandbox was taken: both are compared with the last state that both had.',
  ],
  none: ['! Live and the sandbox have no history in common: all that both hold differently is a conflict.'],
};
