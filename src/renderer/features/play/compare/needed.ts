import type { Difference } from '#shared/contract/compare.ts';
import { carrying, keyOf } from './choices.ts';
import type { Choices, Ref } from './choices.ts';

/** Play has it and live does not: what refers to it cannot be carried over without it. */
const comes = ({ play, live, class: kind }: Difference): boolean =>
  carrying.includes(kind) &&
  play !== 'deleted' &&
  (live === 'deleted' || (live === null && (play === 'created' || play === 'restored')));

const goes = ({ play, class: kind }: Difference): boolean => carrying.includes(kind) && play === 'deleted';

/** The records that one refers to on a side and did not on the other, by id. */
function referred(row: Difference, side: 'base' | 'play'): string[] {
  const than = side === 'play' ? 'base' : 'play';
  return row.fields.flatMap((one) => {
    const value = one[side];
    return typeof value === 'string' && value !== one[than] ? [value] : [];
  });
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
    for (const id of referred(row, 'play')) {
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

/** What only goes, or loses a reference, with a record that goes. */
function losses(rows: readonly Difference[], row: Difference): Difference[] {
  return goes(row) ? rows.filter((one) => one !== row && referred(one, 'base').includes(row.id)) : [];
}

/** Takes a record in, and with it what it refers to and live does not have; that is noted as `along`. Of `rows`, all that can be carried over. */
function takeIn(choices: Choices, rows: readonly Difference[], row: Difference): Choices {
  const left = new Map(choices.left);
  const along = new Map(choices.along);
  left.delete(keyOf(row));
  along.delete(keyOf(row));
  for (const one of reached(row, needsIn(rows).of)) {
    if (!left.delete(keyOf(one))) continue;
    along.set(keyOf(one), { type: one.type, id: one.id, title: one.title });
  }
  return { ...choices, left, along };
}

/** Leaves a record out, and with it what cannot be without it, and what was only taken along for that. */
function leaveOut(choices: Choices, rows: readonly Difference[], row: Difference): Choices {
  const { by } = needsIn(rows);
  const left = new Map(choices.left);
  const along = new Map(choices.along);
  const out = (one: Difference): void => {
    left.set(keyOf(one), { type: one.type, id: one.id });
    along.delete(keyOf(one));
  };
  out(row);
  for (const one of reached(row, by)) out(one);
  for (const one of losses(rows, row)) out(one);
  // Round after round: what was taken along may have been what something else was taken along for.
  for (let idle = true; idle;) {
    const unneeded = rows.find(
      (one) => along.has(keyOf(one)) && (by.get(one) ?? []).every((other) => left.has(keyOf(other))),
    );
    if (unneeded) out(unneeded);
    idle = unneeded !== undefined;
  }
  return { ...choices, left, along };
}

/**
 * Takes a record in or leaves it out. What it cannot be without goes in with it, what cannot be without it stays out with it, and nothing
 * else is touched. `rows` are all records that can be carried over, whatever of them is shown.
 */
export function pick(choices: Choices, rows: readonly Difference[], one: Ref, wanted: boolean): Choices {
  const row = rows.find((other) => same(other, one));
  if (!row) return choices;
  return wanted ? takeIn(choices, rows, row) : leaveOut(choices, rows, row);
}
