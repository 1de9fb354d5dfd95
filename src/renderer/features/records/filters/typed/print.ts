import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { filterField } from '../model.ts';
import { typedMoment } from './days.ts';
import { quoted, quotedName } from './tokens.ts';

function valueText(value: Json | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return quoted(typeof value === 'string' ? value : JSON.stringify(value ?? ''));
}

/**
 * A filter as it can be typed, with the keys of fields and the stored values, which every language understands:
 * `discipline=software,ground`, `size>=5`, `name~rover`, `no:description`, and own fields in quotes: `"Lead email"~ada`. The type's own
 * words are read back as the same filter.
 */
export function typedText(type: EntityType, { field, op, value }: Filter): string {
  const own = ownNameOf(field);
  const name = own === null ? field : quotedName(own);
  if (op === 'empty') return `no:${name}`;
  if (op === 'not_empty') return `has:${name}`;
  if (op === 'gte' || op === 'lte') {
    const sign = op === 'gte' ? '>=' : '<=';
    const moment = filterField(type, field).kind === 'moment' && typeof value === 'string';
    return `${name}${sign}${moment ? typedMoment(value, op === 'gte' ? 'from' : 'until') : valueText(value)}`;
  }
  const values = op === 'in' && Array.isArray(value) ? (value as Json[]) : [value];
  const sign = { is: '=', in: '=', is_not: '!=', contains: '~' }[op];
  return `${name}${sign}${values.map(valueText).join(',')}`;
}
