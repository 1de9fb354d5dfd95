import { fieldsOf } from '../domain/entities.ts';
import type { EntityType } from '../domain/types.ts';
import { nodeType } from './network.ts';

export function graphFields(of: 'nodes' | 'edges'): ReadonlySet<string> {
  const types: readonly EntityType[] = of === 'edges' ? ['interface'] : nodeType.options;
  const fields = types.flatMap((type) => fieldsOf(type).filter(({ to }) => to !== 'any'));
  return new Set(fields.map(({ key }) => key));
}
