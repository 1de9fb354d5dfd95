import { digest } from './digest.ts';
import type { Decision, Difference, DifferenceClass } from '#shared/contract/compare.ts';

type Side = Decision['take'];

/** A record; an id may be that of two, where the sides gave it to records of different types. */
export type Ref = Pick<Difference, 'type' | 'id'>;

interface Decided {
  decision: Decision & Ref;
  of: string;
}

/** What somebody chose of a comparison: records that stay out, and what counts where both sides changed the same. Both by `keyOf`. */
export interface Choices {
  left: ReadonlyMap<string, Ref>;
  decided: ReadonlyMap<string, Decided>;
}

/** What becomes of the choices that are made by then. */
export type Step = (now: Choices) => Choices;

export const noChoices: Choices = { left: new Map(), decided: new Map() };

/** Classes of records that have something to promote. */
export const promotable: readonly DifferenceClass[] = ['play', 'both', 'conflict'];

/** What is decided by itself: a field of a record, or with null all of it. */
function keyOf({ type, id }: Ref, field: string | null = null): string {
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
export const isLeft = ({ left }: Choices, one: Ref): boolean => left.has(keyOf(one));

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
  const of = likeness(row);
  const decided = new Map(choices.decided);
  const had = decided.get(key);
  if (had?.decision.take === take && had.of === of) decided.delete(key);
  else decided.set(key, { decision: { type, id, field, take }, of });
  return { ...choices, decided };
}

const byKey = (rows: readonly Difference[]) => new Map(rows.map((row) => [keyOf(row), row]));

/** The choices without decisions about what nobody knows to be as it was; `rows` are those that were read since a side has gone on. */
export function certain(choices: Choices, rows: readonly Difference[]): Choices {
  const now = byKey(rows);
  const stands = ({ decision, of }: Decided): boolean => {
    const row = now.get(keyOf(decision));
    return row !== undefined && likeness(row) === of;
  };
  return { ...choices, decided: new Map([...choices.decided].filter(([, one]) => stands(one))) };
}

/**
 * What still holds of choices when a side has gone on; `rows` are all that can be promoted now. What was decided of a record that is
 * another since is open again. What was left out stays out as long as it differs at all.
 */
export function settled(choices: Choices, rows: readonly Difference[]): Choices {
  const now = byKey(rows);
  const left = new Map([...choices.left].filter(([key]) => now.has(key)));
  return { ...certain(choices, rows), left };
}

/** Takes records in, or leaves them out. */
export function include(choices: Choices, some: readonly Ref[], wanted: boolean): Choices {
  const left = new Map(choices.left);
  for (const { type, id } of some) {
    if (wanted) left.delete(keyOf({ type, id }));
    else left.set(keyOf({ type, id }), { type, id });
  }
  return { ...choices, left };
}

/** Whether anything of a record is still to be decided. */
export function isOpen(choices: Choices, row: Difference): boolean {
  return questionsOf(row).some((field) => decisionOf(choices, row, field) === null);
}
