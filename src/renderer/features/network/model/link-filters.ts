import { linkFilter } from '#shared/domain/link-filters.ts';
import type { LinkEnd, LinkFilters } from '#shared/domain/link-filters.ts';
import { stageValue, valueOf } from '../look/fields.ts';
import type { Model, NetNode } from './model.ts';

const asText = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function endOf(node: NetNode): LinkEnd {
  return { university: asText(valueOf(node, 'university')), lifecycle: stageValue(node) };
}

/** The model with the links that match. References are not links, and stay. */
export function withLinks(model: Model, filters: LinkFilters): Model {
  const passes = linkFilter(filters);
  if (!passes) return model;
  const ends = new Map([...model.nodes].map(([id, node]) => [id, endOf(node)]));
  const edges = [...model.edges].filter(([, edge]) => {
    const [from, to] = [ends.get(edge.from), ends.get(edge.to)];
    return edge.kind === 'reference' || (from && to && passes(edge, from, to));
  });
  return { ...model, edges: new Map(edges) };
}
