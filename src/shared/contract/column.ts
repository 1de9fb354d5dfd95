import { z } from 'zod';
import type { Json } from '../domain/json.ts';

/**
 * A column of an answer of very many values. Each is looked at, but by a plain function: a schema for each would hold up everybody else
 * for longer than reading them took.
 */
export function column<T>(is: (value: unknown) => value is T): z.ZodType<T[], T[]> {
  return z.custom<T[]>((value) => Array.isArray(value) && value.every((one) => is(one)));
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isAny =
  <const T extends string>(options: readonly T[]) =>
  (value: unknown): value is T =>
    (options as readonly unknown[]).includes(value);
export const isOrNull =
  <T>(is: (value: unknown) => value is T) =>
  (value: unknown): value is T | null =>
    value === null || is(value);
/** What came out of JSON text a moment ago is not looked at again. */
export const isJson = (value: unknown): value is Json => value !== undefined;
