import type { Difference } from '#shared/contract/compare.ts';
import { isMore, lossesIn } from '#shared/domain/losses.ts';
import { carrying, include, isLeft, keyOf } from './choices.ts';
import type { Choices, Left, Ref } from './choices.ts';

/** Play has it and live does not: what refers to it cannot be carried over without it. */
const comes = ({ play, live, class: kind }: Difference): boolean =>
  carrying.includes(kind) &&
  play !== 'deleted' &&
  (live === 'deleted' || (live === null && (play === 'created' || play === 'restored')));

/** The records that one refers to in Play and did not before, by id. */
function referred(row: Difference): string[] {
  return row.fields.flatMap(({ base, play }) => (typeof play === 'string' && play !== base ? [play] : []));
}

type Rows = ReadonlyMap<Difference, readonly Difference[]>;

interface Needs {
  /** What a row cannot do without: the records that it newly refers to and that live does not have. */
  of: Rows;
  /** The other way round: what cannot do without it. */
  by: Rows;
}

function needsIn(rows: readonly Difference[]): Needs {
  const coming = new Map(rows.filter(comes).map((row) => [row.id, row]));
  const of = new Map<Difference, Difference[]>();
  const by = new Map<Difference, Difference[]>();
  for (const row of rows) {
    for (const id of referred(row)) {
      const one = coming.get(id);
      if (!one || one === row) continue;
      of.set(row, [...(of.get(row) ?? []), one]);
      const leaning = by.get(one);
      if (leaning) leaning.push(row);
      else by.set(one, [row]);
    }
  }
  return { of, by };
}

/** What can be reached from a row, without the row. */
function reached(row: Difference, next: Rows): Set<Difference> {
  const found = new Set<Difference>();
  const open = [row];
  for (let one = open.pop(); one; one = open.pop()) {
    for (const other of next.get(one) ?? []) {
      if (other === row || found.has(other)) continue;
      found.add(other);
      open.push(other);
    }
  }
  return found;
}

const same = (one: Ref, other: Ref): boolean => one.id === other.id && one.type === other.type;

export const find = (rows: readonly Difference[], one: Ref): Difference | undefined =>
  rows.find((other) => same(other, one));

/** Takes a record in, and with it what it refers to and live does not have; that is noted as `along`. Of `rows`, all that can be carried over. */
export function takeIn(choices: Choices, rows: readonly Difference[], row: Difference): Choices {
  const left = new Map(choices.left);
  const along = new Map(choices.along);
  left.delete(keyOf(row));
  along.delete(keyOf(row));
  for (const one of reached(row, needsIn(rows).of)) {
    if (!left.delete(keyOf(one))) continue;
    along.set(keyOf(one), { type: one.type, id: one.id, title: one.title, university: one.university });
  }
  return { ...choices, left, along };
}

type Spared = NonNullable<Left['spared']>;

const both = (had: Left['spared'], spared: Spared): Spared => ({
  ...spared,
  by: [...new Set([...(had?.by ?? []), ...spared.by])],
});

/** Leaves records out, and what was only taken along for them; those that are spared a deletion by what they are spared. */
export function leaveOut(
  choices: Choices,
  rows: readonly Difference[],
  some: ReadonlyMap<Difference, Left['spared']>,
): Choices {
  const { by } = needsIn(rows);
  const left = new Map(choices.left);
  const along = new Map(choices.along);
  const named = new Map(choices.named);
  const out = (one: Difference, spared?: Left['spared']): void => {
    const key = keyOf(one);
    named.delete(key);
    if (one.by_name) return;
    const had = left.get(key);
    // What somebody left out stays out, whatever it would be spared.
    if (!spared || !had || had.spared)
      left.set(key, { type: one.type, id: one.id, ...(spared && { spared: both(had?.spared, spared) }) });
    along.delete(key);
  };
  for (const [one, spared] of some) out(one, spared);
  // Round after round: what was taken along may have been what something else was taken along for.
  for (let idle = true; idle;) {
    const unneeded = rows.find(
      (one) => along.has(keyOf(one)) && (by.get(one) ?? []).every((other) => left.has(keyOf(other))),
    );
    if (unneeded) out(unneeded);
    idle = unneeded !== undefined;
  }
  return { ...choices, left, along, named };
}

/**
 * Takes a record in or leaves it out. What it cannot be without goes in with it, what cannot be without it stays out with it, and nothing
 * else is touched. `rows` are all records that can be carried over, whatever of them is shown.
 */
export function pick(choices: Choices, rows: readonly Difference[], one: Ref, wanted: boolean): Choices {
  const row = find(rows, one);
  if (!row) return choices;
  if (row.by_name) {
    const now = include(choices, [row], wanted);
    return wanted ? takeIn(now, rows, row) : now;
  }
  const losses = lossesIn(rows)(row).filter((each) => !isMore(each));
  if (wanted) {
    const back = losses.filter((each) => choices.left.get(keyOf(each))?.followed);
    return [row, ...back].reduce((now, each) => takeIn(now, rows, each), choices);
  }
  const leaning = reached(row, needsIn(rows).by);
  const some = [row, ...leaning, ...losses];
  const now = leaveOut(choices, rows, new Map(some.map((each) => [each, undefined])));
  const left = new Map(now.left);
  for (const { type, id } of losses)
    if (!isLeft(choices, { type, id })) left.set(keyOf({ type, id }), { type, id, followed: true });
  return { ...now, left };
}
