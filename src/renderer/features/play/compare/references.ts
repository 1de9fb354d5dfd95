import { fieldNamed } from '../../../text/values.ts';

/** Whether a field holds the id of another record. */
export function isReference(type: string, field: string): boolean {
  if (type === 'position') return field === 'node';
  return field === 'university_id' || fieldNamed(type, field)?.kind === 'reference';
}
