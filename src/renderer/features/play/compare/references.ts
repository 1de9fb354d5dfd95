import { isReferring } from '#shared/domain/references.ts';
import { fieldNamed } from '../../../text/values.ts';

/** Whether a field holds the id of another record, or a list of ids. */
export function isReference(type: string, field: string): boolean {
  if (type === 'position') return field === 'node';
  const known = fieldNamed(type, field);
  return field === 'university_id' || (known !== undefined && isReferring(known));
}
