import type { ConflictResolution } from '#shared/contract/compare.ts';
import { applyPatch, isEmptyPatch, pickPatch } from '#shared/domain/patch.ts';
import { invalidFault } from '../model/validate.ts';
import type { PlannedChange } from '../plan/plan.ts';
import type { RecordDifference } from './classify.ts';

export type Side = 'play' | 'live';
export const copyOfSide = { live: 'ours', play: 'theirs' } as const;
const otherSide = (side: Side): Side => (side === 'play' ? 'live' : 'play');

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

/** The outcome for one difference. */
export interface ResolvedDifference {
  change: PlannedChange | null;
  /** Fields in conflict without a resolution; null is the record as a whole. */
  undecided: (string | null)[];
  keepsTarget: boolean;
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

  /** Null if not selected, or unchanged by `from`. Throws INVALID if single fields are selected of a created or deleted record. */
  resolve(found: RecordDifference): ResolvedDifference | null {
    const from = this.#from;
    const fields = this.#only ? entryOf(this.#only, found) : null;
    if (fields === undefined || entryOf(this.#except, found)) return null;
    if (found.class === 'same' || found.class === otherSide(from)) return null;
    const [source, target] = [found[copyOfSide[from]], found[copyOfSide[otherSide(from)]]];
    const id = target.id ?? source.id ?? found.id;
    const wholeRecord = {
      type: found.type,
      id,
      payload: source.payload,
      isIdOfOtherType: found.hasTypeConflict,
    };
    if (!found.hasTypeConflict && source.payload && target.payload) {
      const { patch, ...rest } = this.#mergeFields(found, fields);
      if (isEmptyPatch(patch)) return { change: null, ...rest };
      const payload = applyPatch(target.payload, patch);
      return { change: { ...wholeRecord, payload, isMerged: true }, ...rest };
    }
    if (fields) throw fieldsOfWholeFault(found);
    // A side that never had the record cannot delete it.
    const isForeign = found.hasTypeConflict && source.id === null;
    const winner = isForeign
      ? otherSide(from)
      : found.class === 'conflict'
        ? this.#sideOf(found, null)
        : from;
    if (winner === 'ask') return { change: null, undecided: [null], keepsTarget: false, isForced: false };
    return winner === from
      ? { change: wholeRecord, undecided: [], keepsTarget: false, isForced: found.class === 'conflict' }
      : { change: null, undecided: [], keepsTarget: true, isForced: false };
  }

  #sideOf(found: RecordKey, field: string | null): 'ask' | Side {
    return entryOf(this.#decisions, found, field) ?? entryOf(this.#decisions, found) ?? this.#conflicts;
  }

  #mergeFields(found: RecordDifference, only: ReadonlySet<string> | null) {
    const from = this.#from;
    const takenFields = new Set<string>();
    const undecided: string[] = [];
    let [keepsTarget, isForced] = [false, false];
    for (const one of found.fields) {
      if (only && !only.has(one.field)) continue;
      if (one.class !== from && one.class !== 'conflict') continue;
      const winner = one.class === 'conflict' ? this.#sideOf(found, one.field) : from;
      if (winner === 'ask') undecided.push(one.field);
      else if (winner !== from) keepsTarget = true;
      else {
        isForced ||= one.class === 'conflict';
        takenFields.add(one.field);
      }
    }
    const fullPatch = {
      before: found[copyOfSide[otherSide(from)]].payload,
      after: found[copyOfSide[from]].payload,
    };
    const patch = pickPatch(fullPatch, (field) => takenFields.has(field));
    return { patch, undecided, keepsTarget, isForced };
  }
}

function fieldsOfWholeFault({ type, id }: RecordDifference) {
  const message = `the ${type} "${id}" comes or goes as a whole: name it without fields`;
  return invalidFault([{ path: 'only', code: 'whole', message }]);
}
