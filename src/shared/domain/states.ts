import type { Json, JsonObject } from './json.ts';
import { studentStatus } from './students.ts';
import type { EntityType } from './types.ts';
import type { Vocabulary } from './vocabulary.ts';

interface StateField {
  key: string;
  list: Vocabulary;
  of: (payload: JsonObject) => string | null;
}

export const isSet = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && value !== '';

const repairState = (payload: JsonObject): string => {
  if (isSet(payload['checked_on'])) return 'checked';
  if (isSet(payload['done_on'])) return 'done';
  return isSet(payload['approved_on']) ? 'approved' : 'proposed';
};

/** Kinds of evidence that end a task; others only start it. */
export const endingEvidence: readonly string[] = ['commit', 'merged'];

interface Evidence {
  source: string;
  ref: string;
  kind: string;
  dismissed?: boolean;
}

/** The evidence of a task that counts. */
export const evidenceOf = ({ evidence }: JsonObject): Evidence[] =>
  ((Array.isArray(evidence) ? evidence : []) as unknown as Evidence[]).filter(
    ({ dismissed }) => dismissed !== true,
  );

const taskState = (payload: JsonObject): string => {
  if (isSet(payload['dropped_on'])) return 'dropped';
  const counting = evidenceOf(payload);
  if (isSet(payload['done_on']) || counting.some(({ kind }) => endingEvidence.includes(kind))) return 'done';
  return isSet(payload['started_on']) || counting.length > 0 ? 'started' : 'planned';
};

/** The state of a record, derived from its fields and never stored. `core/model/filters.ts` computes it in SQL. */
export const stateFields: Readonly<Partial<Record<EntityType, StateField>>> = {
  student: { key: 'status', list: 'lifecycle', of: ({ terms_remaining: terms }) => studentStatus(terms) },
  repair: { key: 'state', list: 'repair_state', of: repairState },
  task: { key: 'state', list: 'task_state', of: taskState },
};
