import { z } from 'zod';
import { filter as filterSchema, sort as sortSchema } from '../contract/entities.ts';
import type { Filter, Sort } from '../contract/entities.ts';

/** Escapes dots of field names, because dots separate field, operator and value in an address. */
const escapeDots = (text: string): string => text.replaceAll('%', '%25').replaceAll('.', '%2E');
const unescapeDots = (text: string): string => text.replaceAll('%2E', '.').replaceAll('%25', '%');

/** Prints text unquoted unless it would parse as JSON; other values as JSON. */
function printValue(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return readJson(value) === undefined ? value : JSON.stringify(value);
}

function readJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

/** `discipline.is.software`, `size.gte.2`, `project_id.empty`, `name.is."2"`. */
export function printFilter(filter: Filter): string {
  const head = `${escapeDots(filter.field)}.${filter.op}`;
  return filter.value === undefined ? head : `${head}.${printValue(filter.value)}`;
}

export function parseFilter(text: string): Filter | null {
  const [field = '', op = '', ...rest] = text.split('.');
  const raw = rest.join('.');
  const value = rest.length === 0 ? {} : { value: (readJson(raw) ?? { value: raw }).value };
  const parsed = z.safeParse(filterSchema, { field: unescapeDots(field), op, ...value });
  return parsed.success ? parsed.data : null;
}

export function printSort(sort: Sort): string {
  return `${escapeDots(sort.field)}.${sort.direction}`;
}

export function parseSort(text: string): Sort | null {
  const at = text.lastIndexOf('.');
  const parsed = z.safeParse(sortSchema, {
    field: unescapeDots(text.slice(0, Math.max(at, 0))),
    direction: text.slice(at + 1),
  });
  return parsed.success ? parsed.data : null;
}
