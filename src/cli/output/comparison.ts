import type { Carried, Comparison, Difference, FieldDifference } from '#shared/contract/compare.ts';
import type { Json } from '#shared/domain/json.ts';
import { sameValue } from '#core/history/effect.ts';
import { amount, countsLine, nameOf, sentence } from '../words.ts';
import { calledFully, nameAmong } from './called.ts';
import type { Called } from './called.ts';
import { isRefused, problemLines } from './problems.ts';
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
  return [...table, total, ...part, ...standing[based]];
}

const standing: Readonly<Record<Comparison['based'], readonly string[]>> = {
  base: [],
  common: [
    '! Live was restored since the sandbox was taken: both are compared with the last state that both had.',
  ],
  none: ['! Live and the sandbox have no history in common: all that both hold differently is a conflict.'],
};

/** `created 2 teams, 1 project; removed 1 team` */
export function carriedText({
  created,
  restored,
  updated,
  removed,
}: Pick<Carried, 'created' | 'restored' | 'updated' | 'removed'>): string {
  const parts = Object.entries({ created, restored, updated, removed }).flatMap(([action, counts]) =>
    Object.keys(counts).length > 0 ? [`${action} ${countsLine(counts)}`] : [],
  );
  return parts.length > 0 ? parts.join('; ') : 'nothing to change';
}

/** Most of what goes along that is named. */
const named = 20;

/** `1 interface, 1 emptied reference: link "A → B", student "Ada"`; '' where nothing goes along. */
function alongText({ along, records }: Carried): string {
  const counts = [
    ...(along.links > 0 ? [amount(along.links, 'interface')] : []),
    ...(along.references > 0 ? [amount(along.references, 'emptied reference')] : []),
  ];
  const all = records.filter(({ action }) => action === 'along');
  const names = all.slice(0, named).map(calledFully);
  const more = Math.max(0, along.links + along.references - names.length);
  const list = [...names, ...(more > 0 && names.length > 0 ? [`${more} more`] : [])];
  return counts.length === 0
    ? ''
    : [counts.join(', '), ...(list.length > 0 ? [list.join(', ')] : [])].join(': ');
}

/** What is asked about before it is done: what would be done, and what would go along. */
export function carriedQuestion(would: Carried): string {
  const along = alongText(would);
  return along === '' ? carriedText(would) : `${carriedText(would)}; along with what is removed ${along}`;
}

/** Which conflicts keep what `side` has, of records that stay as they are and of such as are changed in other fields. */
function leftLines({ left, left_partly: partly }: Carried, side: 'live' | 'Play'): string[] {
  const whole = left - partly;
  const changed = amount(partly, 'changed record keeps', 'changed records keep');
  return [
    ...(partly > 0 ? [`${sentence(changed)} what ${side} has where both changed the same.`] : []),
    ...(whole > 0
      ? [
          `${sentence(amount(whole, 'record with conflicts stays as it is', 'records with conflicts stay as they are'))}.`,
        ]
      : []),
  ];
}

/** How a dry run says it: that it would be refused stands before it. */
const wouldBe = ({ problems, undecided }: Carried): string =>
  problems.length + undecided.length > 0 ? 'Otherwise it would be' : 'Would be';

/** What was done, or in a dry run would be. */
export function carriedLines(done: Carried, word: string): string[] {
  const { dry, backup, records, problems, undecided } = done;
  const said = word.endsWith('e') ? `${word}d` : `${word}ed`;
  const nothing = records.length === 0 && problems.length === 0 && undecided.length === 0;
  const first = nothing
    ? `There is nothing to ${word.toLowerCase()}.`
    : `${dry ? `${wouldBe(done)} ${said.toLowerCase()}` : said}: ${carriedText(done)}.`;
  const gone = alongText(done);
  const side = word === 'Promote' ? 'live' : 'Play';
  return [
    ...(isRefused(problems) ? [] : [first]),
    ...(gone === '' ? [] : [`Along with what is removed: ${gone}.`]),
    ...leftLines(done, side),
    ...followedLines(done, side),
    ...undecided.map(
      ({ title, id, field }) => `? ${field === null ? '' : `${field} of `}"${title}" (${id}) is in conflict`,
    ),
    ...problemLines(problems, undecided.length === 0),
    ...(backup === null ? [] : [`Backup before it: ${backup}. "frames undo" takes it back.`]),
  ];
}

const listed = (all: readonly Called[]): string => {
  const names = new Set(all.map(calledFully));
  const more = names.size - named;
  return [...[...names].slice(0, named), ...(more > 0 ? [`${more} more`] : [])].join(', ');
};

/** What stays with a record that `side` keeps though the other deleted it, and what comes back there with one: a line for each. */
export function followedLines({ followed }: Pick<Carried, 'followed'>, side: 'live' | 'Play'): string[] {
  const from = side === 'live' ? 'Play' : 'live';
  const line = (action: 'stays' | 'back', said: (of: string, what: string) => string): string[] => {
    const all = followed.records.filter((one) => one.action === action);
    if (all.length === 0) return [];
    const beyond = followed[action] - all.length;
    const what = `${listed(all)}${beyond > 0 ? `, ${beyond} more` : ''}`;
    return [said(listed(all.map(({ of }) => of)), what)];
  };
  return [
    ...line(
      'stays',
      (of, what) =>
        `${sentence(side)} keeps ${of}, and so what went, or lost a reference, with that in ${from} stays as it is: ${what}.`,
    ),
    ...line(
      'back',
      (of, what) => `With ${of} comes back what went, or lost a reference, with that in ${side}: ${what}.`,
    ),
  ];
}
