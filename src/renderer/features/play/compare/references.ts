import { isReferenceKind } from '#shared/domain/references.ts';
import { fieldNamed } from '../../../text/values.ts';

/** Whether a field holds the id of another record, or a list of ids. */
export function isReference(type: string, field: string): boolean {
  if (type === 'position') return field === 'node';
  const definition = fieldNamed(type, field);
  return field === 'university_id' || (definition !== undefined && isReferenceKind(definition));
}
