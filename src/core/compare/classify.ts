import type {
  ConflictReason,
  DifferenceClass,
  FieldDifference,
  SideAction,
} from '#shared/contract/compare.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { compareThreeWay } from '#shared/domain/patch.ts';
import type { ThreeWayField } from '#shared/domain/patch.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { State } from './states.ts';

/** The states of one record in the merge base and on both sides. */
export interface RecordStates {
  type: AuditedType;
  id: string;
  base: State;
  ours: State;
  theirs: State;
  hasTypeConflict: boolean;
}

export interface RecordDifference extends RecordStates {
  class: DifferenceClass;
  conflict: ConflictReason | null;
  fields: FieldDifference[];
}

/** What a side did to a record since the base; null if nothing. */
export function actionOf(base: State, side: State): SideAction | null {
  if (!base.payload) return side.payload && (base.id === null ? 'created' : 'restored');
  if (!side.payload) return 'deleted';
  return jsonEqual(base.payload, side.payload) ? null : 'updated';
}

/** Classifies a record; null if neither side has changed it. */
export function classifyRecord(states: RecordStates): RecordDifference | null {
  const { base, ours: ourState, theirs: theirState } = states;
  const [ourAction, theirAction] = [actionOf(base, ourState), actionOf(base, theirState)];
  if (!ourAction && !theirAction) return null;
  const fields = fieldsOf(states);
  const verdict = verdictOf(states, ourAction, theirAction, fields);
  const conflict = verdict.class === 'conflict' ? verdict.conflict : null;
  return {
    ...states,
    class: verdict.class,
    conflict,
    fields: markConflicts(fields, verdict.class, conflict),
  };
}

interface Verdict {
  class: DifferenceClass;
  conflict: ConflictReason | null;
}

function verdictOf(
  { base, ours: ourState, theirs: theirState, hasTypeConflict }: RecordStates,
  ourAction: SideAction | null,
  theirAction: SideAction | null,
  fields: readonly FieldDifference[],
): Verdict {
  const withoutConflict = (differenceClass: DifferenceClass): Verdict => ({
    class: differenceClass,
    conflict: null,
  });
  if (hasTypeConflict) return { class: 'conflict', conflict: 'other_type' };
  if (!ourAction) return withoutConflict('play');
  if (!theirAction) return withoutConflict('live');
  if (!ourState.payload || !theirState.payload) {
    return ourState.payload || theirState.payload
      ? { class: 'conflict', conflict: 'deleted' }
      : withoutConflict('same');
  }
  if (jsonEqual(ourState.payload, theirState.payload)) return withoutConflict('same');
  if (!base.payload) return { class: 'conflict', conflict: 'created' };
  if (fields.some((field) => field.class === 'conflict')) return { class: 'conflict', conflict: 'field' };
  // Changes that both sides made equally need no merge; the other fields decide the class.
  const [firstClass, secondClass] = [...new Set(fields.map((field) => field.class))].filter(
    (fieldClass) => fieldClass !== 'same',
  );
  return firstClass === undefined || secondClass !== undefined
    ? withoutConflict('both')
    : withoutConflict(firstClass === 'play' ? 'play' : 'live');
}

const classOf: Record<ThreeWayField['changed'], FieldDifference['class']> = {
  ours: 'live',
  theirs: 'play',
  same: 'same',
  conflict: 'conflict',
};

/** Classifies every field that is not the same in the base and on both sides. */
const fieldsOf = ({ base, ours: ourState, theirs: theirState }: RecordStates): FieldDifference[] =>
  compareThreeWay(base.payload, ourState.payload, theirState.payload).map(
    ({ field, base: baseValue, ours: ourValue, theirs: theirValue, changed }) => ({
      field,
      class: classOf[changed],
      ...(baseValue === undefined ? {} : { base: baseValue }),
      ...(ourValue === undefined ? {} : { live: ourValue }),
      ...(theirValue === undefined ? {} : { play: theirValue }),
    }),
  );

/** If the record as a whole is in conflict, so is each field that differs. */
function markConflicts(
  fields: FieldDifference[],
  recordClass: DifferenceClass,
  conflict: ConflictReason | null,
): FieldDifference[] {
  if (recordClass !== 'conflict' || conflict === 'field') return fields;
  return fields.map((field) => (field.class === 'same' ? field : { ...field, class: 'conflict' }));
}
