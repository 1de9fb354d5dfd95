import { fieldsOf } from '../domain/entities.ts';
import type { EntityType } from '../domain/types.ts';
import { nodeType } from './network.ts';

export function graphFields(kind: 'nodes' | 'edges'): ReadonlySet<string> {
  const types: readonly EntityType[] = kind === 'edges' ? ['interface'] : nodeType.options;
  const fields = types.flatMap((type) => fieldsOf(type).filter(({ to }) => to !== 'any'));
  return new Set(fields.map(({ key }) => key));
}
