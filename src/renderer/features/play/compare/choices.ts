import type { Decision, Difference, DifferenceClass } from '#shared/contract/compare.ts';

type Side = Decision['take'];

/** What somebody chose of a comparison: records that stay out, and what counts where both sides changed the same. */
export interface Choices {
  left: ReadonlySet<string>;
  /** By `keyOf`. */
  decided: ReadonlyMap<string, Decision>;
}

export const noChoices: Choices = { left: new Set(), decided: new Map() };

/** Classes of records that have something to carry over. */
export const carrying: readonly DifferenceClass[] = ['play', 'both', 'conflict'];

/** What is decided by itself: a field of a record, or with null all of it. */
function keyOf(id: string, field: string | null): string {
  return JSON.stringify([id, field]);
}

/** The fields of a record that are to be decided; with null it is the record as a whole. */
export function questionsOf(row: Difference): readonly (string | null)[] {
  if (row.class !== 'conflict') return [];
  if (row.conflict !== 'field') return [null];
  return row.fields.filter((one) => one.class === 'conflict').map(({ field }) => field);
}

export function decisionOf({ decided }: Choices, id: string, field: string | null): Side | null {
  return decided.get(keyOf(id, field))?.take ?? null;
}

/** Decides for one side; what is decided so already is open again. */
export function decide(choices: Choices, id: string, field: string | null, take: Side): Choices {
  const key = keyOf(id, field);
  const decided = new Map(choices.decided);
  if (decided.get(key)?.take === take) decided.delete(key);
  else decided.set(key, { id, field, take });
  return { ...choices, decided };
}

/** Takes records in, or leaves them out. */
export function include(choices: Choices, ids: readonly string[], wanted: boolean): Choices {
  const left = new Set(choices.left);
  for (const id of ids) {
    if (wanted) left.delete(id);
    else left.add(id);
  }
  return { ...choices, left };
}

/**
 * Ids of what goes with a record: what is only different because of it, as the links that were deleted with it, or that a new one has. What
 * refers to it on both sides, or to neither, does not.
 */
export function alongWith(rows: readonly Difference[], id: string): string[] {
  const refers = ({ fields }: Difference): boolean =>
    fields.some(({ base, play }) => (base === id) !== (play === id));
  return rows.filter((row) => row.id !== id && refers(row)).map((row) => row.id);
}

/** Whether anything of a record is still to be decided. */
export function isOpen(choices: Choices, row: Difference): boolean {
  return questionsOf(row).some((field) => decisionOf(choices, row.id, field) === null);
}
