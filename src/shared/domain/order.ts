import { nameField } from './title.ts';
import type { EntityType } from './types.ts';

/** The order of a list that nobody has sorted: by name, or newest first where records have none; contacts by their day. */
export function defaultSort(type: EntityType): { field: string; direction: 'asc' | 'desc' }[] {
  if (type === 'contact') return [{ field: 'date', direction: 'desc' }];
  const field = nameField(type);
  return field ? [{ field, direction: 'asc' }] : [{ field: 'created_at', direction: 'desc' }];
}
