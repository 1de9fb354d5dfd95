import { z } from 'zod';
import type { Json } from '../domain/json.ts';

/** A column with many values, each checked by a plain function: a schema per value would block other work. */
export function column<T>(isValue: (value: unknown) => value is T): z.ZodType<T[], T[]> {
  return z.custom<T[]>((value) => Array.isArray(value) && value.every((item) => isValue(item)));
}

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isNumber = (value: unknown): value is number => Number.isFinite(value);
export const isOneOf =
  <const T extends string>(options: readonly T[]) =>
  (value: unknown): value is T =>
    (options as readonly unknown[]).includes(value);
export const isNullOr =
  <T>(isValue: (value: unknown) => value is T) =>
  (value: unknown): value is T | null =>
    value === null || isValue(value);
/** Values just parsed from JSON text need no further check. */
export const isJson = (value: unknown): value is Json => value !== undefined;
