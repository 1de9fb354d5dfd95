import { issueOf } from '#shared/texts/issues.ts';
import type { ConflictResolution } from '#shared/contract/compare.ts';
import { applyPatch, isEmptyPatch, pickPatch } from '#shared/domain/patch.ts';
import { invalidFault } from '../model/validate.ts';
import type { PlannedChange } from '../plan/plan.ts';
import type { RecordDifference } from './classify.ts';
import type { State } from './states.ts';

export type Side = 'play' | 'live';
export const copyOfSide = { live: 'ours', play: 'theirs' } as const;
export const otherSide = (side: Side): Side => (side === 'play' ? 'live' : 'play');

type RecordKey = Pick<ConflictResolution, 'id' | 'type'>;

/** The selected records and fields, and how their conflicts are resolved. */
export interface Resolution {
  only?: readonly (RecordKey & { fields?: string[] | undefined })[] | null | undefined;
  except?: readonly RecordKey[] | undefined;
  decisions: readonly ConflictResolution[];
  conflicts: 'ask' | Side;
}

const keyOf = ({ id, type }: RecordKey, field: string | null = null): string =>
  `${type ?? ''}\u0000${id}\u0000${field ?? ''}`;

function entryOf<V>(
  entries: ReadonlyMap<string, V>,
  { id, type }: RecordKey,
  field: string | null = null,
): V | undefined {
  const key = keyOf({ id, type }, field);
  return entries.has(key) ? entries.get(key) : entries.get(keyOf({ id }, field));
}

export interface ResolvedDifference {
  change: PlannedChange | null;
  /** Fields in conflict without a resolution; null is the record as a whole. */
  undecided: (string | null)[];
  keepsTarget: boolean;
  /** Whether the change overwrites the target's value in a conflict. */
  isForced: boolean;
}

/** Resolves differences: takes the changes of `from`; in conflicts, the side that the resolution names. */
export class Resolver {
  readonly #from: Side;
  readonly #only: ReadonlyMap<string, ReadonlySet<string> | null> | null;
  readonly #except: ReadonlyMap<string, true>;
  readonly #decisions: ReadonlyMap<string, Side>;
  readonly #conflicts: 'ask' | Side;

  constructor(from: Side, { only, except, decisions, conflicts }: Resolution) {
    this.#from = from;
    this.#only = only
      ? new Map(only.map((one) => [keyOf(one), one.fields ? new Set(one.fields) : null]))
      : null;
    this.#except = new Map((except ?? []).map((one) => [keyOf(one), true]));
    this.#decisions = new Map(decisions.map((one) => [keyOf(one, one.field), one.take]));
    this.#conflicts = conflicts;
  }

  /** Null if not selected, or unchanged by `from`. Throws INVALID if fields are selected of a record that cannot be merged by field. */
  resolve(difference: RecordDifference): ResolvedDifference | null {
    const from = this.#from;
    const fields = this.#only ? entryOf(this.#only, difference) : null;
    if (fields === undefined || entryOf(this.#except, difference)) return null;
    if (difference.class === 'same' || difference.class === otherSide(from)) return null;
    const [source, target] = [difference[copyOfSide[from]], difference[copyOfSide[otherSide(from)]]];
    const id = target.id ?? source.id ?? difference.id;
    const wholeRecord = {
      type: difference.type,
      id,
      payload: source.payload,
      isIdOfOtherType: difference.hasTypeConflict,
      isRecorded: true,
    };
    if (!difference.hasTypeConflict && source.payload && target.payload) {
      const { patch, ...outcome } = this.#mergeFields(difference, fields);
      if (isEmptyPatch(patch)) return { change: null, ...outcome };
      const payload = applyPatch(target.payload, patch);
      return { change: { ...wholeRecord, payload, isMerged: true }, ...outcome };
    }
    if (fields) throw wholeRecordFault(difference);
    const winner = this.#winnerOf(difference, source);
    if (winner === 'ask') return { change: null, undecided: [null], keepsTarget: false, isForced: false };
    return winner === from
      ? { change: wholeRecord, undecided: [], keepsTarget: false, isForced: difference.class === 'conflict' }
      : { change: null, undecided: [], keepsTarget: true, isForced: false };
  }

  /** The side that decides the record as a whole. A side that never had the record cannot delete it. */
  #winnerOf(difference: RecordDifference, source: State): 'ask' | Side {
    if (difference.hasTypeConflict && source.id === null) return otherSide(this.#from);
    return difference.class === 'conflict' ? this.#sideOf(difference, null) : this.#from;
  }

  #sideOf(recordKey: RecordKey, field: string | null): 'ask' | Side {
    return (
      entryOf(this.#decisions, recordKey, field) ?? entryOf(this.#decisions, recordKey) ?? this.#conflicts
    );
  }

  #mergeFields(difference: RecordDifference, only: ReadonlySet<string> | null) {
    const from = this.#from;
    const fieldsToMerge = new Set<string>();
    const undecided: string[] = [];
    let [keepsTarget, isForced] = [false, false];
    for (const one of difference.fields) {
      if (only && !only.has(one.field)) continue;
      if (one.class !== from && one.class !== 'conflict') continue;
      const winner = one.class === 'conflict' ? this.#sideOf(difference, one.field) : from;
      if (winner === 'ask') undecided.push(one.field);
      else if (winner !== from) keepsTarget = true;
      else {
        isForced ||= one.class === 'conflict';
        fieldsToMerge.add(one.field);
      }
    }
    const fullPatch = {
      before: difference[copyOfSide[otherSide(from)]].payload,
      after: difference[copyOfSide[from]].payload,
    };
    const patch = pickPatch(fullPatch, (field) => fieldsToMerge.has(field));
    return { patch, undecided, keepsTarget, isForced };
  }
}

const wholeRecordFault = ({ id }: RecordDifference) => invalidFault([issueOf('only', 'whole', { id })]);
