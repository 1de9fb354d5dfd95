import type { Decision, Difference, DifferenceClass } from '#shared/contract/compare.ts';

type Side = Decision['take'];

/** A record; an id may be that of two, where the sides gave it to records of different types. */
export type Ref = Pick<Difference, 'type' | 'id'>;

/** What somebody chose of a comparison: records that stay out, and what counts where both sides changed the same. */
export interface Choices {
  /** By `keyOf`. */
  left: ReadonlyMap<string, Ref>;
  /** By `keyOf`. */
  decided: ReadonlyMap<string, Decision & Ref>;
}

export const noChoices: Choices = { left: new Map(), decided: new Map() };

/** Classes of records that have something to carry over. */
export const carrying: readonly DifferenceClass[] = ['play', 'both', 'conflict'];

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
  return decided.get(keyOf(one, field))?.take ?? null;
}

/** Whether a record stays out. */
export function isLeft({ left }: Choices, one: Ref): boolean {
  return left.has(keyOf(one));
}

/** What counts where both sides changed the same, of the records that do not stay out. */
export function decisionsOf(choices: Choices): (Decision & Ref)[] {
  return [...choices.decided.values()].filter((one) => !isLeft(choices, one));
}

/** Decides for one side; what is decided so already is open again. */
export function decide(choices: Choices, { type, id }: Ref, field: string | null, take: Side): Choices {
  const key = keyOf({ type, id }, field);
  const decided = new Map(choices.decided);
  if (decided.get(key)?.take === take) decided.delete(key);
  else decided.set(key, { type, id, field, take });
  return { ...choices, decided };
}

/** Takes records in, or leaves them out. */
export function include(choices: Choices, some: readonly Ref[], wanted: boolean): Choices {
  const left = new Map(choices.left);
  for (const { type, id } of some) {
    const key = keyOf({ type, id });
    if (wanted) left.delete(key);
    else left.set(key, { type, id });
  }
  return { ...choices, left };
}

/**
 * What goes with a record: what is only different because of it, as the links that were deleted with it, or that a new one has. What
 * refers to it on both sides, or to neither, does not.
 */
export function alongWith(rows: readonly Difference[], { id }: Ref): Ref[] {
  const refers = ({ fields }: Difference): boolean =>
    fields.some(({ base, play }) => (base === id) !== (play === id));
  return rows.filter((row) => row.id !== id && refers(row));
}

/** Whether anything of a record is still to be decided. */
export function isOpen(choices: Choices, row: Difference): boolean {
  return questionsOf(row).some((field) => decisionOf(choices, row, field) === null);
}
