import type { Decision } from '#shared/contract/compare.ts';
import { applyPatch, isEmptyPatch, pickPatch } from '#shared/domain/patch.ts';
import { invalid } from '../model/validate.ts';
import type { PlannedChange } from '../plan/plan.ts';
import type { Differing } from './classify.ts';

export type Side = 'play' | 'live';
const other = (side: Side): Side => (side === 'play' ? 'live' : 'play');

type Key = Pick<Decision, 'id' | 'type'>;

/** The selection and how conflicts are resolved. */
export interface Resolution {
  only?: readonly (Key & { fields?: string[] | undefined })[] | null | undefined;
  except?: readonly Key[] | undefined;
  decisions: readonly Decision[];
  conflicts: 'ask' | Side;
}

const keyOf = ({ id, type }: Key, field: string | null = null): string =>
  `${type ?? ''}\u0000${id}\u0000${field ?? ''}`;

function entryOf<V>(
  entries: ReadonlyMap<string, V>,
  { id, type }: Key,
  field: string | null = null,
): V | undefined {
  const key = keyOf({ id, type }, field);
  return entries.has(key) ? entries.get(key) : entries.get(keyOf({ id }, field));
}

/** The outcome for one difference. */
export interface Resolved {
  change: PlannedChange | null;
  /** Fields in conflict without a resolution; null is the record as a whole. */
  undecided: (string | null)[];
  left: boolean;
  forced: boolean;
}

/** Resolves differences: takes what `from` changed; for conflicts, what the resolution says. */
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

  /** Null if not selected, or unchanged by `from`. Throws INVALID if fields are named of a record that is created or deleted as a whole. */
  resolve(found: Differing): Resolved | null {
    const from = this.#from;
    const fields = this.#only ? entryOf(this.#only, found) : null;
    if (fields === undefined || entryOf(this.#except, found)) return null;
    if (found.class === 'same' || found.class === other(from)) return null;
    const [source, target] = [found[from], found[other(from)]];
    const id = target.id ?? source.id ?? found.id;
    const about = { type: found.type, id, payload: source.payload, otherType: found.twoTypes };
    if (!found.twoTypes && source.payload && target.payload) {
      const { patch, ...rest } = this.#mergeFields(found, fields);
      if (isEmptyPatch(patch)) return { change: null, ...rest };
      const payload = applyPatch(target.payload, patch);
      return { change: { ...about, payload, merged: true }, ...rest };
    }
    if (fields) throw asWhole(found);
    // A side that never had the record cannot delete it.
    const isForeign = found.twoTypes && source.id === null;
    const take = isForeign ? other(from) : found.class === 'conflict' ? this.#sideOf(found, null) : from;
    if (take === 'ask') return { change: null, undecided: [null], left: false, forced: false };
    return take === from
      ? { change: about, undecided: [], left: false, forced: found.class === 'conflict' }
      : { change: null, undecided: [], left: true, forced: false };
  }

  #sideOf(found: Key, field: string | null): 'ask' | Side {
    return entryOf(this.#decisions, found, field) ?? entryOf(this.#decisions, found) ?? this.#conflicts;
  }

  #mergeFields(found: Differing, only: ReadonlySet<string> | null) {
    const from = this.#from;
    const taken = new Set<string>();
    const undecided: string[] = [];
    let [left, forced] = [false, false];
    for (const one of found.fields) {
      if (only && !only.has(one.field)) continue;
      if (one.class !== from && one.class !== 'conflict') continue;
      const take = one.class === 'conflict' ? this.#sideOf(found, one.field) : from;
      if (take === 'ask') undecided.push(one.field);
      else if (take !== from) left = true;
      else {
        forced ||= one.class === 'conflict';
        taken.add(one.field);
      }
    }
    const whole = { before: found[other(from)].payload, after: found[from].payload };
    const patch = pickPatch(whole, (field) => taken.has(field));
    return { patch, undecided, left, forced };
  }
}

function asWhole({ type, id }: Differing) {
  const message = `the ${type} "${id}" comes or goes as a whole: name it without fields`;
  return invalid([{ path: 'only', code: 'whole', message }]);
}
