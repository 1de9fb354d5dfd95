import type { NetworkView } from '#shared/address/network.ts';
import type { Model } from './model.ts';

/**
 * Whether universities of which nothing is shown are left out: other kinds are filtered, and universities are there only as what those
 * belong to.
 */
export function leavesOut({
  types,
  filters,
  focus,
}: Pick<NetworkView, 'types' | 'filters' | 'focus'>): boolean {
  const narrowed = filters.filter(({ type }) => types.includes(type));
  return (
    focus === '' &&
    types.includes('university') &&
    narrowed.length > 0 &&
    narrowed.every(({ type }) => type !== 'university')
  );
}

/** The model without the universities of which nothing is shown and that nothing is joined with. A model that was cut stays as it is. */
export function withoutLonely(model: Model): Model {
  if (model.matched > model.nodes.size) return model;
  const named = new Set<string>();
  for (const { type, university } of model.nodes.values())
    if (type !== 'university' && university !== null) named.add(university);
  for (const { from, to } of model.edges.values()) named.add(from).add(to);
  const nodes = new Map([...model.nodes].filter(([id, { type }]) => type !== 'university' || named.has(id)));
  return { ...model, nodes, matched: nodes.size };
}
