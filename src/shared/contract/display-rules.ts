import { z } from 'zod';

/** How tables print a part of a result. JSON always has everything. */
interface DisplayRule<T = unknown> {
  /** Of a field whose key is no good label. */
  readonly label?: string;
  /** Of an object: the fields that tables have as columns, in order. A path such as `by.name` leads into an object. */
  readonly columns?: readonly (string | readonly [path: string, heading: string])[];
  /** Of a number: a share is 0 to 1. */
  readonly unit?: 'share' | 'percent' | 'bytes';
  /** The value in one line; '' prints nothing. */
  readonly text?: (value: T) => string;
  /** What an object's field says without a value; '' prints nothing. Otherwise "none". */
  readonly absent?: string;
}

const displayRules = z.registry<DisplayRule>();

/** Declares how tables print a schema. */
export function withDisplay<S extends z.ZodType>(schema: S, rule: DisplayRule<z.output<S>>): S {
  displayRules.add(schema, rule as DisplayRule);
  return schema;
}

export const displayRuleOf = (schema: z.ZodType): DisplayRule => displayRules.get(schema) ?? {};

export const share = (): z.ZodNumber => withDisplay(z.number(), { unit: 'share' });
export const bytes = (): z.ZodNumber => withDisplay(z.number(), { unit: 'bytes' });
