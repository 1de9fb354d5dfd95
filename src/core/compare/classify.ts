import type {
  ConflictReason,
  DifferenceClass,
  FieldDifference,
  SideAction,
} from '#shared/contract/compare.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { threeWay } from '#shared/domain/patch.ts';
import type { ThreeWayField } from '#shared/domain/patch.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { State } from './states.ts';

/** One record on the three sides. */
export interface Triple {
  type: AuditedType;
  id: string;
  base: State;
  live: State;
  play: State;
  twoTypes: boolean;
}

export interface Differing extends Triple {
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

/** Classifies a record; null if it is the same on all sides. */
export function classifyRecord(triple: Triple): Differing | null {
  const { base, live, play } = triple;
  const [ours, theirs] = [actionOf(base, live), actionOf(base, play)];
  if (!ours && !theirs) return null;
  const fields = fieldsOf(triple);
  const verdict = judge(triple, ours, theirs, fields);
  const conflict = verdict.class === 'conflict' ? verdict.conflict : null;
  return { ...triple, class: verdict.class, conflict, fields: settle(fields, verdict.class, conflict) };
}

interface Verdict {
  class: DifferenceClass;
  conflict: ConflictReason | null;
}

function judge(
  { base, live, play, twoTypes }: Triple,
  ours: SideAction | null,
  theirs: SideAction | null,
  fields: readonly FieldDifference[],
): Verdict {
  const plain = (of: DifferenceClass): Verdict => ({ class: of, conflict: null });
  if (twoTypes) return { class: 'conflict', conflict: 'other_type' };
  if (!ours) return plain('play');
  if (!theirs) return plain('live');
  if (!live.payload || !play.payload) {
    return live.payload || play.payload ? { class: 'conflict', conflict: 'deleted' } : plain('same');
  }
  if (jsonEqual(live.payload, play.payload)) return plain('same');
  if (!base.payload) return { class: 'conflict', conflict: 'created' };
  if (fields.some((field) => field.class === 'conflict')) return { class: 'conflict', conflict: 'field' };
  // Changes made equally on both sides need no merge; only the rest decides the class.
  const [some, more] = [...new Set(fields.map((field) => field.class))].filter((of) => of !== 'same');
  return some === undefined || more !== undefined ? plain('both') : plain(some === 'play' ? 'play' : 'live');
}

const classOf: Record<ThreeWayField['changed'], FieldDifference['class']> = {
  ours: 'live',
  theirs: 'play',
  same: 'same',
  conflict: 'conflict',
};

/** Classifies every field that is not the same on the three sides. */
const fieldsOf = ({ base, live, play }: Triple): FieldDifference[] =>
  threeWay(base.payload, live.payload, play.payload).map(({ field, base: was, ours, theirs, changed }) => ({
    field,
    class: classOf[changed],
    ...(was === undefined ? {} : { base: was }),
    ...(ours === undefined ? {} : { live: ours }),
    ...(theirs === undefined ? {} : { play: theirs }),
  }));

/** If both sides created the record, each field that differs is in conflict. A record in conflict as a whole has no separate fields. */
function settle(
  fields: FieldDifference[],
  of: DifferenceClass,
  conflict: ConflictReason | null,
): FieldDifference[] {
  if (of !== 'conflict' || conflict === 'field') return fields;
  return fields.map((field) => (field.class === 'same' ? field : { ...field, class: 'conflict' }));
}
