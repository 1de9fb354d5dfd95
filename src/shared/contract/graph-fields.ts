import { fieldsOf } from '../domain/entities.ts';
import type { EntityType } from '../domain/types.ts';
import { nodeType } from './network.ts';

/** The fields that attributes of the nodes or of the edges of a graph may become; the ends of an edge are none of them. */
export function graphFields(of: 'nodes' | 'edges'): ReadonlySet<string> {
  const types: readonly EntityType[] = of === 'edges' ? ['interface'] : nodeType.options;
  const fields = types.flatMap((type) => fieldsOf(type).filter(({ to }) => to !== 'any'));
  return new Set(fields.map(({ key }) => key));
}
