import { digest } from './digest.ts';
import type { Comparison, Decision, Difference, DifferenceClass } from '#shared/contract/compare.ts';

type Side = Decision['take'];

/** A record; an id may be that of two, where the sides gave it to records of different types. */
export type Ref = Pick<Difference, 'type' | 'id'>;

/** A record, which may be one that is carried over only where somebody names it. */
type Pickable = Pick<Difference, 'type' | 'id' | 'by_name'>;

type Called = Pick<Difference, 'title' | 'university'>;

/** A record that stays out. */
export interface Left extends Ref {
  /** The deletions that live's records are kept from, by `keyOf`, with which it would have gone, or lost a reference; and what it is called. */
  spared?: { by: readonly string[] } & Called;
  /** It stays out only with a deletion that somebody left out. */
  followed?: true;
}

interface Decided {
  decision: Decision & Ref;
  /** What the record was like when it was decided. */
  of: string;
}

/** What somebody chose of a comparison: records that stay out, and what counts where both sides changed the same. */
export interface Choices {
  /** By `keyOf`. */
  left: ReadonlyMap<string, Left>;
  /** By `keyOf`. */
  decided: ReadonlyMap<string, Decided>;
  /** By `keyOf`: what nobody chose, and is taken along because something chosen refers to it. */
  along: ReadonlyMap<string, Ref & Called>;
  /** By `keyOf`: those that are carried over only by name, and somebody ticked. None of them is in `left`. */
  named: ReadonlyMap<string, Ref>;
}

export const noChoices: Choices = {
  left: new Map(),
  decided: new Map(),
  along: new Map(),
  named: new Map(),
};

/** Classes of records that have something to carry over. */
export const carrying: readonly DifferenceClass[] = ['play', 'both', 'conflict'];

/** What is decided by itself: a field of a record, or with null all of it. */
export function keyOf({ type, id }: Ref, field: string | null = null): string {
  return JSON.stringify([type, id, field]);
}

/** The fields of a record that are to be decided; with null it is the record as a whole. */
export function questionsOf(row: Difference): readonly (string | null)[] {
  if (row.class !== 'conflict') return [];
  if (row.conflict !== 'field') return [null];
  return row.fields.filter((one) => one.class === 'conflict').map(({ field }) => field);
}

export function decisionOf({ decided }: Choices, one: Ref, field: string | null): Side | null {
  return decided.get(keyOf(one, field))?.decision.take ?? null;
}

/** Whether a record stays out. */
export function isLeft({ left, named }: Choices, one: Pickable): boolean {
  return one.by_name === true ? !named.has(keyOf(one)) : left.has(keyOf(one));
}

/** How many of what is compared stay out. */
export const leftCount = ({ left, named }: Choices, { by_name }: Pick<Comparison, 'by_name'>): number =>
  left.size + Math.max(0, by_name - named.size);

/** What counts where both sides changed the same, of the records that do not stay out. */
export function decisionsOf(choices: Choices): (Decision & Ref)[] {
  return [...choices.decided.values()].map(({ decision }) => decision).filter((one) => !isLeft(choices, one));
}

/** Stands for what sides have of a record, however long that is; another text where one of them has changed it since. */
const likeness = ({ class: kind, live, play, fields }: Difference): string =>
  digest(JSON.stringify([kind, live, play, fields]));

/** Decides for one side; what is decided so already is open again. */
export function decide(choices: Choices, row: Difference, field: string | null, take: Side): Choices {
  const { type, id } = row;
  const key = keyOf(row, field);
  const decided = new Map(choices.decided);
  if (decided.get(key)?.decision.take === take) decided.delete(key);
  else decided.set(key, { decision: { type, id, field, take }, of: likeness(row) });
  return { ...choices, decided };
}

/** Whether a record is still what it was when somebody decided about it; `rows` are by `keyOf`. */
function stands({ decision, of }: Decided, rows: ReadonlyMap<string, Difference>): boolean {
  const row = rows.get(keyOf(decision));
  return row !== undefined && likeness(row) === of;
}

const byKey = (rows: readonly Difference[]) => new Map(rows.map((row) => [keyOf(row), row]));

/** The choices without decisions about what nobody knows to be as it was; `rows` are those that were read since a side has gone on. */
export function certain(choices: Choices, rows: readonly Difference[]): Choices {
  const now = byKey(rows);
  return { ...choices, decided: new Map([...choices.decided].filter(([, one]) => stands(one, now))) };
}

/** The choices with what somebody decided who had those of `from` before them and made them those of `to`. */
export function decidedAnew(choices: Choices, from: Choices, to: Choices): Choices {
  const kept = [...choices.decided].filter(([key]) => !from.decided.has(key));
  return { ...choices, decided: new Map([...kept, ...to.decided]) };
}

/**
 * What still holds of choices when a side has gone on; `rows` are all that can be carried over now. What was decided of a record that is
 * another since is open again. What was left out stays out as long as it differs at all.
 */
export function settled(choices: Choices, rows: readonly Difference[]): Choices {
  const now = byKey(rows);
  const isHere = ([key]: readonly [string, unknown]): boolean => now.has(key);
  const { decided } = certain(choices, rows);
  const isKept = ([, { spared }]: readonly [string, Left]): boolean =>
    !spared || spared.by.some((by) => decided.get(by)?.decision.take === 'live');
  return {
    left: new Map([...choices.left].filter((one) => isHere(one) && isKept(one))),
    along: new Map([...choices.along].filter(isHere)),
    named: new Map([...choices.named].filter(([key]) => now.get(key)?.by_name)),
    decided,
  };
}

/** Takes records in, or leaves them out. */
export function include(choices: Choices, some: readonly Pickable[], wanted: boolean): Choices {
  const left = new Map(choices.left);
  const along = new Map(choices.along);
  const named = new Map(choices.named);
  for (const { type, id, by_name } of some) {
    const key = keyOf({ type, id });
    along.delete(key);
    if (wanted) left.delete(key);
    else if (!by_name) left.set(key, { type, id });
    if (wanted && by_name) named.set(key, { type, id });
    else named.delete(key);
  }
  return { ...choices, left, along, named };
}

/** What of a list is ticked at once: what is carried over only by name is ticked by itself, unless nothing else is listed. */
export function atOnce<One extends Pickable>(listed: readonly One[]): readonly One[] {
  const some = listed.filter((one) => !one.by_name);
  return some.length > 0 ? some : listed;
}

/** As `include` for all that are listed. */
export const includeAll = (choices: Choices, listed: readonly Pickable[], wanted: boolean): Choices =>
  include(choices, wanted ? atOnce(listed) : listed, wanted);

/** Whether anything of a record is still to be decided. */
export function isOpen(choices: Choices, row: Difference): boolean {
  return questionsOf(row).some((field) => decisionOf(choices, row, field) === null);
}
