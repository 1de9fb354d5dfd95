import { nameField } from './title.ts';
import type { EntityType } from './types.ts';

/** Default order of a list: by name, newest first for types without names, contacts by day. */
export function defaultSort(type: EntityType): { field: string; direction: 'asc' | 'desc' }[] {
  if (type === 'contact') return [{ field: 'date', direction: 'desc' }];
  const field = nameField(type);
  return field ? [{ field, direction: 'asc' }] : [{ field: 'created_at', direction: 'desc' }];
}
