import type { Filter, Sort } from '#shared/contract/entities.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { resolveTime } from '#shared/domain/moments.ts';
import type { MomentEdge } from '#shared/domain/moments.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { UsageError } from '../output/errors.ts';
import { badValue } from './option.ts';
const operators: readonly (readonly [sign: string, op: Filter['op']])[] = [
  ['!=', 'is_not'],
  ['!>=', 'not_gte'],
  ['>=', 'gte'],
  ['<=', 'lte'],
  ['~', 'contains'],
  ['=', 'is'],
];

/** `lifecycle=outgoing`, `name~flight`, `size>=3`, `project_id=` (empty): one filter. Throws UsageError. */
export function readFilter(type: EntityType, given: string): Filter {
  const found = /^([^=~<>!]+)(!=|!>=|>=|<=|~|=)(.*)$/s.exec(given);
  const [, field = '', sign = '', raw = ''] = found ?? [];
  const op = operators.find(([candidate]) => candidate === sign)?.[1];
  if (!op || !field.trim()) {
    throw badValue(
      '--filter',
      given,
      'FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT, FIELD>=N, FIELD!>=N (less, or empty) or FIELD<=N',
    );
  }
  if (raw === '' && op === 'is') return { field: field.trim(), op: 'empty' };
  if (raw === '' && op === 'is_not') return { field: field.trim(), op: 'not_empty' };
  return { field: field.trim(), op, value: op === 'contains' ? raw : typed(type, field.trim(), raw) };
}

/** Text as the field has it: a number for a number field, true or false for yes and no. */
function typed(type: EntityType, field: string, raw: string): string | number | boolean {
  const kind = fieldOf(type, field)?.kind;
  if (kind === 'number') {
    const number = raw.trim() === '' ? Number.NaN : Number(raw);
    if (!Number.isFinite(number)) throw badValue(`--filter ${field}`, raw, 'a number');
    return number;
  }
  if (kind !== 'boolean') return raw;
  if (['true', 'yes', '1'].includes(raw)) return true;
  if (['false', 'no', '0'].includes(raw)) return false;
  throw badValue(`--filter ${field}`, raw, 'true or false');
}

/** `name`, `size:desc`, several with commas between. Throws UsageError. */
export function readSort(given: string): Sort[] {
  return given.split(',').map((part) => {
    const [field = '', direction = 'asc', ...rest] = part.split(':').map((text) => text.trim());
    if (!field || rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw badValue('--sort', part, 'FIELD, FIELD:asc or FIELD:desc');
    }
    return { field, direction };
  });
}

/** At most `most` of an option that may be given several times. Throws UsageError. */
export function atMost<T>(items: readonly T[], most: number, name: string): T[] {
  if (items.length <= most) return [...items];
  throw new UsageError(`${name} can be given at most ${most} times.`, {
    argument: name,
  });
}

/** The JSON object in an option: the fields of a record. Throws UsageError. */
export function readObject(given: string | undefined, name: string): JsonObject {
  if (given === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(given);
  } catch (error) {
    const reason = (error as Error).message;
    throw new UsageError(`${name} is not valid JSON: ${reason}.`, { argument: name, given });
  }
  if (!isJsonObject(value)) throw badValue(name, given, 'a JSON object such as {"name": "Flight software"}');
  return value;
}

/**
 * A time that a person gave (a day, or a time with or without a zone; else UTC) as the log has it: the start or the end of that day or
 * minute. Throws UsageError.
 */
export function readTime(given: string | undefined, name: string, edge: MomentEdge): string | undefined {
  if (given === undefined) return undefined;
  const time = resolveTime(given, edge);
  if (time === null) throw badValue(name, given, 'a time such as 2026-11-20 or 2026-11-20T08:30:00Z');
  return time;
}
