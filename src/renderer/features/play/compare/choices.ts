import type { ConflictResolution, Difference, DifferenceClass } from '#shared/contract/compare.ts';

/** A 64-bit hash of a text (cyrb53 without its last step), not secure against forgery. */
function hash64(text: string): string {
  let [hashA, hashB] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    hashA = Math.imul(hashA ^ code, 2654435761);
    hashB = Math.imul(hashB ^ code, 1597334677);
  }
  hashA = Math.imul(hashA ^ (hashA >>> 16), 2246822507) ^ Math.imul(hashB ^ (hashB >>> 13), 3266489909);
  hashB = Math.imul(hashB ^ (hashB >>> 16), 2246822507) ^ Math.imul(hashA ^ (hashA >>> 13), 3266489909);
  return `${(hashA >>> 0).toString(36)}.${(hashB >>> 0).toString(36)}`;
}

type Side = ConflictResolution['take'];

/** A record; two records of different types can have the same id. */
type RecordRef = Pick<Difference, 'type' | 'id'>;

interface StoredDecision {
  decision: ConflictResolution & RecordRef;
  /** The record's `stateHash` when it was decided. */
  of: string;
}

/** The user's choices: records left out, and decided conflicts, both by `keyOf`. */
export interface Choices {
  left: ReadonlyMap<string, RecordRef>;
  decided: ReadonlyMap<string, StoredDecision>;
}

export type ChoicesUpdate = (now: Choices) => Choices;

export const noChoices: Choices = { left: new Map(), decided: new Map() };

export interface Picking {
  choices: Choices;
  onChange: (step: ChoicesUpdate) => void;
  canSelect: boolean;
  canDecide: boolean;
}

export const noPicking: Picking = {
  choices: noChoices,
  onChange: () => {},
  canSelect: false,
  canDecide: false,
};

export const promotableClasses: readonly DifferenceClass[] = ['play', 'both', 'conflict'];

/** The key of a decision about a field, or with null about the record. */
function keyOf({ type, id }: RecordRef, field: string | null = null): string {
  return JSON.stringify([type, id, field]);
}

/** The fields of a record that are in conflict; null stands for the record as a whole. */
export function conflictsOf(row: Difference): readonly (string | null)[] {
  if (row.class !== 'conflict') return [];
  if (row.conflict !== 'field') return [null];
  return row.fields.filter((difference) => difference.class === 'conflict').map(({ field }) => field);
}

export function decisionOf({ decided }: Choices, record: RecordRef, field: string | null): Side | null {
  return decided.get(keyOf(record, field))?.decision.take ?? null;
}

export const isLeftOut = ({ left }: Choices, record: RecordRef): boolean => left.has(keyOf(record));

/** The decisions for records that are not left out. */
export function decisionsOf(choices: Choices): (ConflictResolution & RecordRef)[] {
  return [...choices.decided.values()]
    .map(({ decision }) => decision)
    .filter((decision) => !isLeftOut(choices, decision));
}

/** A hash of a record on both sides, which changes when one side changes. */
const stateHash = ({ class: kind, live, play, fields }: Difference): string =>
  hash64(JSON.stringify([kind, live, play, fields]));

/** Decides a conflict for one side; the same decision again reopens the conflict. */
export function decideField(choices: Choices, row: Difference, field: string | null, take: Side): Choices {
  const { type, id } = row;
  const key = keyOf(row, field);
  const hash = stateHash(row);
  const decided = new Map(choices.decided);
  const previous = decided.get(key);
  if (previous?.decision.take === take && previous.of === hash) decided.delete(key);
  else decided.set(key, { decision: { type, id, field, take }, of: hash });
  return { ...choices, decided };
}

const rowsByKey = (rows: readonly Difference[]) => new Map(rows.map((row) => [keyOf(row), row]));

/** Choices with only the decisions about unchanged records in `rows`, which were loaded after the last change. */
export function certainChoices(choices: Choices, rows: readonly Difference[]): Choices {
  const currentRows = rowsByKey(rows);
  const isCurrent = ({ decision, of: decidedHash }: StoredDecision): boolean => {
    const row = currentRows.get(keyOf(decision));
    return row !== undefined && stateHash(row) === decidedHash;
  };
  return { ...choices, decided: new Map([...choices.decided].filter(([, decision]) => isCurrent(decision))) };
}

/**
 * Choices that still apply after a change; `rows` are all records that can be promoted. Decisions about changed records are reopened;
 * records left out stay out while they differ.
 */
export function validChoices(choices: Choices, rows: readonly Difference[]): Choices {
  const currentRows = rowsByKey(rows);
  const left = new Map([...choices.left].filter(([key]) => currentRows.has(key)));
  return { ...certainChoices(choices, rows), left };
}

export function includeRecords(
  choices: Choices,
  records: readonly RecordRef[],
  isIncluded: boolean,
): Choices {
  const left = new Map(choices.left);
  for (const { type, id } of records) {
    if (isIncluded) left.delete(keyOf({ type, id }));
    else left.set(keyOf({ type, id }), { type, id });
  }
  return { ...choices, left };
}

export function hasOpenConflicts(choices: Choices, row: Difference): boolean {
  return conflictsOf(row).some((field) => decisionOf(choices, row, field) === null);
}
