import type { Decision, Difference, DifferenceClass } from '#shared/contract/compare.ts';

/** A 64-bit hash of a text, not secure against forgery. */
function digest(text: string): string {
  let [one, two] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return `${(one >>> 0).toString(36)}.${(two >>> 0).toString(36)}`;
}

type Side = Decision['take'];

/** A record; two records of different types may have one id. */
export type Ref = Pick<Difference, 'type' | 'id'>;

interface Decided {
  decision: Decision & Ref;
  of: string;
}

/** The user's choices: records left out, and decided conflicts, both by `keyOf`. */
export interface Choices {
  left: ReadonlyMap<string, Ref>;
  decided: ReadonlyMap<string, Decided>;
}

/** Updates the current choices. */
export type Step = (now: Choices) => Choices;

export const noChoices: Choices = { left: new Map(), decided: new Map() };

export const promotableClasses: readonly DifferenceClass[] = ['play', 'both', 'conflict'];

/** A decision: a field, or with null the record. */
function keyOf({ type, id }: Ref, field: string | null = null): string {
  return JSON.stringify([type, id, field]);
}

/** A record's conflicting fields; null is the record as a whole. */
export function questionsOf(row: Difference): readonly (string | null)[] {
  if (row.class !== 'conflict') return [];
  if (row.conflict !== 'field') return [null];
  return row.fields.filter((one) => one.class === 'conflict').map(({ field }) => field);
}

export function decisionOf({ decided }: Choices, one: Ref, field: string | null): Side | null {
  return decided.get(keyOf(one, field))?.decision.take ?? null;
}

/** Whether a record is left out. */
export const isLeft = ({ left }: Choices, one: Ref): boolean => left.has(keyOf(one));

/** The decisions for records that are not left out. */
export function decisionsOf(choices: Choices): (Decision & Ref)[] {
  return [...choices.decided.values()].map(({ decision }) => decision).filter((one) => !isLeft(choices, one));
}

/** A digest of a record's sides that changes when one of them does. */
const likeness = ({ class: kind, live, play, fields }: Difference): string =>
  digest(JSON.stringify([kind, live, play, fields]));

/** Decides for one side; repeating it reopens the conflict. */
export function decideField(choices: Choices, row: Difference, field: string | null, take: Side): Choices {
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

/** Choices without decisions about records that may have changed; `rows` were loaded after the last change. */
export function certainChoices(choices: Choices, rows: readonly Difference[]): Choices {
  const now = byKey(rows);
  const stands = ({ decision, of }: Decided): boolean => {
    const row = now.get(keyOf(decision));
    return row !== undefined && likeness(row) === of;
  };
  return { ...choices, decided: new Map([...choices.decided].filter(([, one]) => stands(one))) };
}

/**
 * Choices that still apply after a change; `rows` are all records that can be promoted. Decisions about changed records are reopened;
 * records left out stay out while they differ.
 */
export function settledChoices(choices: Choices, rows: readonly Difference[]): Choices {
  const now = byKey(rows);
  const left = new Map([...choices.left].filter(([key]) => now.has(key)));
  return { ...certainChoices(choices, rows), left };
}

/** Selects records or leaves them out. */
export function includeRecords(choices: Choices, some: readonly Ref[], isIncluded: boolean): Choices {
  const left = new Map(choices.left);
  for (const { type, id } of some) {
    if (isIncluded) left.delete(keyOf({ type, id }));
    else left.set(keyOf({ type, id }), { type, id });
  }
  return { ...choices, left };
}

/** Whether a record has undecided conflicts. */
export function isOpen(choices: Choices, row: Difference): boolean {
  return questionsOf(row).some((field) => decisionOf(choices, row, field) === null);
}
