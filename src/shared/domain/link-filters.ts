import { isCrossUniversity } from './interfaces.ts';

export const linkCrossings = ['within', 'between'] as const;
/** The lifecycle of both ends, or `between` if they differ. */
export const linkEnds = ['incoming', 'established', 'outgoing', 'between'] as const;

/** Filters of the drawn links; '' and null do not filter. */
export interface LinkFilters {
  university: string;
  crossing: (typeof linkCrossings)[number] | '';
  ends: (typeof linkEnds)[number] | '';
  bond: string;
  /** Energy loss in per cent, lower and upper limit. */
  loss: readonly [number, number] | null;
}

export interface LinkEnd {
  university: string | null;
  /** Null if it is unknown or the type has none. */
  lifecycle: string | null;
}

/** Predicate of the filters; null if nothing is filtered. Unknown values match no filter. */
export function createLinkFilter({
  university,
  crossing,
  ends,
  bond,
  loss,
}: LinkFilters):
  | ((link: { bond: string | null; loss: number | null }, from: LinkEnd, to: LinkEnd) => boolean)
  | null {
  if (university === '' && crossing === '' && ends === '' && bond === '' && loss === null) return null;
  return (link, from, to) => {
    if (university !== '' && from.university !== university && to.university !== university) return false;
    if (crossing === 'between' && !isCrossUniversity(from.university, to.university)) return false;
    if (crossing === 'within' && (from.university === null || from.university !== to.university))
      return false;
    if (ends === 'between') {
      if (from.lifecycle === null || to.lifecycle === null || from.lifecycle === to.lifecycle) return false;
    } else if (ends !== '' && from.lifecycle !== ends && to.lifecycle !== ends) return false;
    if (bond !== '' && link.bond !== bond) return false;
    return loss === null || (link.loss !== null && link.loss >= loss[0] && link.loss <= loss[1]);
  };
}
