import type { Filter, Sort } from '#shared/contract/entities.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { resolveTime } from '#shared/domain/points-in-time.ts';
import type { TimeEdge } from '#shared/domain/points-in-time.ts';
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

/** Parses a filter: `lifecycle=outgoing`, `name~flight`, `size>=3`, or `project_id=` (empty). Throws UsageError. */
export function parseFilter(type: EntityType, text: string): Filter {
  const match = /^([^=~<>!]+)(!=|!>=|>=|<=|~|=)(.*)$/s.exec(text);
  const [, field = '', sign = '', raw = ''] = match ?? [];
  const op = operators.find(([candidate]) => candidate === sign)?.[1];
  if (!op || !field.trim()) {
    throw badValue(
      '--filter',
      text,
      'FIELD=VALUE, FIELD!=VALUE, FIELD~TEXT, FIELD>=N, FIELD!>=N (less, or empty) or FIELD<=N',
    );
  }
  if (raw === '' && op === 'is') return { field: field.trim(), op: 'empty' };
  if (raw === '' && op === 'is_not') return { field: field.trim(), op: 'not_empty' };
  return { field: field.trim(), op, value: op === 'contains' ? raw : parseValue(type, field.trim(), raw) };
}

function parseValue(type: EntityType, field: string, raw: string): string | number | boolean {
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

/** Parses a sort order: `name`, `size:desc`, or several separated by commas. Throws UsageError. */
export function parseSort(text: string): Sort[] {
  return text.split(',').map((part) => {
    const [field = '', direction = 'asc', ...extraParts] = part.split(':').map((text) => text.trim());
    if (!field || extraParts.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw badValue('--sort', part, 'FIELD, FIELD:asc or FIELD:desc');
    }
    return { field, direction };
  });
}

/** Returns a copy of the values of a repeatable option. Throws UsageError if there are more than `max`. */
export function limitValues<T>(items: readonly T[], max: number, name: string): T[] {
  if (items.length <= max) return [...items];
  throw new UsageError(`${name} can be given at most ${max} times.`, {
    argument: name,
  });
}

/** Parses the value of an option as a JSON object; {} if the option is absent. Throws UsageError. */
export function parseJsonObject(json: string | undefined, name: string): JsonObject {
  if (json === undefined) return {};
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    const reason = (error as Error).message;
    throw new UsageError(`${name} is not valid JSON: ${reason}.`, { argument: name, given: json });
  }
  if (!isJsonObject(value)) throw badValue(name, json, 'a JSON object such as {"name": "Flight software"}');
  return value;
}

/**
 * Converts a day, or a time with or without a zone (default UTC), to the format of the log. `edge` selects the start or end of that day or minute.
 * Throws UsageError.
 */
export function parseTime(text: string | undefined, name: string, edge: TimeEdge): string | undefined {
  if (text === undefined) return undefined;
  const time = resolveTime(text, edge);
  if (time === null) throw badValue(name, text, 'a time such as 2026-11-20 or 2026-11-20T08:30:00Z');
  return time;
}
