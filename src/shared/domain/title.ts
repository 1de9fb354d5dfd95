import type { Json } from './json.ts';
import type { AuditedType } from './types.ts';

/** The field that names a record of the type, or null when it is named by what it joins, says or belongs to (interface, outcome, position). */
export function nameField(type: AuditedType): 'name' | 'factor_name' | null {
  if (type === 'interface' || type === 'outcome' || type === 'position') return null;
  return type === 'risk-factor' ? 'factor_name' : 'name';
}

/** What a person calls the record; '' when its payload does not say. */
export function titleOf(type: AuditedType, payload: Readonly<Record<string, Json>>): string {
  const field = nameField(type);
  const value = field ? payload[field] : type === 'outcome' ? payload.outcome_type : null;
  return typeof value === 'string' ? value : '';
}
