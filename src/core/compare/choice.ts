import type { Decision } from '#shared/contract/compare.ts';
import type { Footing } from './base.ts';
import type { Differing } from './classify.ts';

export type Side = 'play' | 'live';
export const other = (side: Side): Side => (side === 'play' ? 'live' : 'play');

export type Meant = Pick<Decision, 'id' | 'type'>;

/** What somebody says of records, by `keyOf`. */
type Said<V> = ReadonlyMap<string, V>;

/** What somebody wants of the differences. */
export interface Choice {
  /** The side whose changes are taken over. */
  from: Side;
  /** Each with its fields, or null for all of it; null is everything. */
  only: Said<ReadonlySet<string> | null> | null;
  /** What stays as it is all the same. */
  except: Said<true>;
  decisions: Said<Side>;
  /** Where no decision says it. */
  conflicts: 'ask' | Side;
}

/** Who names no type means the record of that id whatever its type. */
const keyOf = ({ id, type }: Meant, field: string | null = null): string =>
  `${type ?? ''}\u0000${id}\u0000${field ?? ''}`;

/** What is said of a record of that type, or else of that id. */
export const saidOf = <V>(said: Said<V>, { id, type }: Meant, field: string | null = null): V | undefined => {
  const key = keyOf({ id, type }, field);
  return said.has(key) ? said.get(key) : said.get(keyOf({ id }, field));
};

/** Which records, and what counts, as the contract has it. */
export interface Naming {
  only?: readonly (Meant & { fields?: string[] | undefined })[] | null | undefined;
  except?: readonly Meant[] | undefined;
  decisions: readonly Decision[];
  conflicts: Choice['conflicts'];
}

/** What is asked for, as it is looked up. */
export function choiceOf(from: Side, { only, except, decisions, conflicts }: Naming): Choice {
  return {
    from,
    only: only ? new Map(only.map((one) => [keyOf(one), one.fields ? new Set(one.fields) : null])) : null,
    except: new Map((except ?? []).map((one) => [keyOf(one), true])),
    decisions: new Map(decisions.map((one) => [keyOf(one, one.field), one.take])),
    conflicts,
  };
}

/** What somebody decided of a record, or of a field of it, itself. */
export const decidedOf = ({ decisions }: Choice, found: Meant, field: string | null): Side | undefined =>
  saidOf(decisions, found, field) ?? saidOf(decisions, found);

/** Whether somebody chose by name what is to become of a record, or of a field of it: then nothing else decides it. */
export const isChosen = (choice: Choice, found: Meant, field: string | null): boolean =>
  decidedOf(choice, found, field) !== undefined ||
  saidOf(choice.except, found) !== undefined ||
  (choice.only !== null && saidOf(choice.only, found) !== undefined);

/**
 * Whether a promotion takes it only where somebody names it: who may act in a sandbox that has nothing in common with live came with what it was
 * taken of, and not by what anybody did in it. So did what those may do there whom both know.
 */
export const onlyByName = (
  { based }: Pick<Footing, 'based'>,
  { type, class: of }: Pick<Differing, 'type' | 'class'>,
): boolean => based === 'none' && type === 'profile' && (of === 'play' || of === 'conflict');

/** As it is chosen of what is taken only by name: what counts in all conflicts names nothing. */
export const withoutRest = (choice: Choice): Choice =>
  choice.only ? choice : { ...choice, conflicts: other(choice.from) };

/** Whether somebody names it, or a field in conflict, as what is to be taken over: what a decision lets the other side count for is not. */
export function isNamed(choice: Choice, found: Meant & Pick<Differing, 'class' | 'fields'>): boolean {
  const asked = found.class === 'conflict' ? found.fields.map(({ field }) => field) : [null];
  const takes = asked.map((field) => decidedOf(choice, found, field));
  const isAsked = choice.only !== null && saidOf(choice.only, found) !== undefined;
  return takes.includes(choice.from) || (isAsked && takes.includes(undefined));
}
