import { z } from 'zod';
import { filter as filterSchema, sort as sortSchema } from '../contract/entities.ts';
import type { Filter, Sort } from '../contract/entities.ts';

/** Escapes dots of field names, because dots separate field, operator and value in an address. */
const escapeDots = (text: string): string => text.replaceAll('%', '%25').replaceAll('.', '%2E');
const unescapeDots = (text: string): string => text.replaceAll('%2E', '.').replaceAll('%25', '%');

/** Prints text unquoted unless it would parse as JSON; other values as JSON. */
function printValue(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return parseJson(value) === undefined ? value : JSON.stringify(value);
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** `discipline.is.software`, `size.gte.2`, `project_id.empty`, `name.is."2"`. */
export function printFilter(filter: Filter): string {
  const prefix = `${escapeDots(filter.field)}.${filter.op}`;
  return filter.value === undefined ? prefix : `${prefix}.${printValue(filter.value)}`;
}

export function parseFilter(text: string): Filter | null {
  const [field = '', op = '', ...rest] = text.split('.');
  const valueText = rest.join('.');
  const value = rest.length === 0 ? {} : { value: (parseJson(valueText) ?? { value: valueText }).value };
  const result = z.safeParse(filterSchema, { field: unescapeDots(field), op, ...value });
  return result.success ? result.data : null;
}

export function printSort(sort: Sort): string {
  return `${escapeDots(sort.field)}.${sort.direction}`;
}

export function parseSort(text: string): Sort | null {
  const lastDot = text.lastIndexOf('.');
  const result = z.safeParse(sortSchema, {
    field: unescapeDots(text.slice(0, Math.max(lastDot, 0))),
    direction: text.slice(lastDot + 1),
  });
  return result.success ? result.data : null;
}
