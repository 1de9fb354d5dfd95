import { z } from 'zod';

/** How tables print a part of a result. JSON always has everything. */
interface Shown<T = unknown> {
  /** Of an object: the fields that tables have as columns, in order. A path such as `by.name` leads into an object. */
  readonly columns?: readonly (string | readonly [path: string, heading: string])[];
  /** Of a number: a share is 0 to 1. */
  readonly unit?: 'share' | 'percent' | 'bytes';
  /** The value in one line; '' for one that is not printed. */
  readonly text?: (value: T) => string;
}

const registry = z.registry<Shown>();

/** Declares how tables print a schema. */
export function shown<S extends z.ZodType>(schema: S, how: Shown<z.output<S>>): S {
  registry.add(schema, how as Shown);
  return schema;
}

export const howShown = (schema: z.ZodType): Shown => registry.get(schema) ?? {};

export const share = (): z.ZodNumber => shown(z.number(), { unit: 'share' });
export const bytes = (): z.ZodNumber => shown(z.number(), { unit: 'bytes' });
