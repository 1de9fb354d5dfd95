import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { z } from 'zod';
import { contract } from '#shared/contract/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import { UsageError } from '../output/errors.ts';

/** An option or a positional argument: how it is written, what it is for, and how its text becomes a value. */
export interface Option<T> {
  /** flag: there or not; value: once, with a value; list: any number of times. */
  readonly kind: 'flag' | 'value' | 'list';
  readonly placeholder: string;
  readonly summary: string;
  readonly required: boolean;
  readonly choices: readonly string[];
  /** The field of the operation's input that it gives; missing where the command uses it otherwise. */
  readonly field?: string;
  /** Reads what was given, in order; nothing given is an empty list. `name` is what messages call it. Throws UsageError. */
  read(given: readonly string[], name: string): T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

type Traits = Partial<Pick<Option<unknown>, 'required' | 'choices' | 'field'>>;
const option = <T>(
  kind: Option<T>['kind'],
  placeholder: string,
  summary: string,
  read: Option<T>['read'],
  traits: Traits = {},
): Option<T> => ({ kind, placeholder, summary, required: false, choices: [], ...traits, read });

export const flag = (summary: string, traits?: Traits): Option<boolean> =>
  option('flag', '', summary, (given) => given.length > 0, traits);

export const text = (placeholder: string, summary: string, traits?: Traits): Option<string | undefined> =>
  option(
    'value',
    placeholder,
    summary,
    ([raw], name) => (raw === undefined ? undefined : filled(raw, name)),
    traits,
  );

/** A value that must be given. */
export const needed = (placeholder: string, summary: string, traits?: Traits): Option<string> =>
  option('value', placeholder, summary, ([raw = ''], name) => filled(raw, name), {
    ...traits,
    required: true,
  });

/** Something that may be given several times. */
export const list = (placeholder: string, summary: string, traits?: Traits): Option<readonly string[]> =>
  option('list', placeholder, summary, (given, name) => given.map((item) => filled(item, name)), traits);

/** A whole number within a range; undefined where it is not given. */
export const whole = (
  placeholder: string,
  summary: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER, ...traits }: { min?: number; max?: number } & Traits = {},
): Option<number | undefined> =>
  option(
    'value',
    placeholder,
    summary,
    ([raw], name) => {
      if (raw === undefined) return undefined;
      const number = /^-?\d+$/.test(raw) ? Number(raw) : Number.NaN;
      if (number >= min && number <= max) return number;
      const range = max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`;
      throw badValue(name, raw, `a whole number ${range}`);
    },
    traits,
  );

/** One of a few words; undefined where it is not given. */
export const oneOf = <const C extends string>(
  placeholder: string,
  summary: string,
  choices: readonly C[],
  traits?: Traits,
): Option<C | undefined> =>
  option(
    'value',
    placeholder,
    summary,
    ([raw], name) => (raw === undefined ? undefined : choiceOf(raw, choices, name)),
    { ...traits, choices },
  );

/** As `oneOf` for what must be given. */
export const neededOneOf = <const C extends string>(
  placeholder: string,
  summary: string,
  choices: readonly C[],
  traits?: Traits,
): Option<C> => ({ ...(oneOf(placeholder, summary, choices, traits) as Option<C>), required: true });

export function choiceOf<C extends string>(raw: string, choices: readonly C[], name: string): C {
  const found = choices.find((choice) => choice === raw);
  if (found === undefined) throw badValue(name, raw, `one of ${choices.join(', ')}`);
  return found;
}

export function badValue(name: string, given: string, expected: string): UsageError {
  return new UsageError(`${name} must be ${expected}, not "${given}".`, { argument: name, given });
}

function filled(given: string, name: string): string {
  if (given.trim() === '') throw new UsageError(`${name} must not be empty.`, { argument: name, given });
  return given;
}

type NameIn<M> = { [G in keyof M & string]: `${G}.${keyof M[G] & string}` }[keyof M & string];
/** `entities.list`: an operation by its place in the contract. */
export type OperationName = NameIn<Contract>;
type At<M, N> = N extends `${infer G}.${infer O}`
  ? G extends keyof M
    ? O extends keyof M[G]
      ? M[G][O]
      : never
    : never
  : never;
export type Input<N extends OperationName> = At<InferContractRouterInputs<Contract>, N>;
type Output<N extends OperationName> = At<InferContractRouterOutputs<Contract>, N>;
/** What an operation gives, of a long one what it gives in the end. */
export type Result<N extends OperationName> =
  Output<N> extends AsyncIterator<infer E>
    ? E extends { kind: 'result'; result: infer R }
      ? R
      : never
    : Output<N>;

interface Declared {
  '~orpc': { inputSchema?: z.ZodObject; outputSchema?: z.ZodType };
}
/** The schemas of an operation. */
export function schemasOf(name: OperationName): { input: z.ZodObject; output: z.ZodType } {
  const [group, operation] = name.split('.') as [string, string];
  const declared = (contract as unknown as Record<string, Record<string, Declared>>)[group]?.[operation];
  const { inputSchema, outputSchema } = declared?.['~orpc'] ?? {};
  if (!inputSchema || !outputSchema) throw new Error(`there is no operation ${name}`);
  return { input: inputSchema, output: outputSchema };
}

/**
 * An option for one field of an operation's input: its kind, choices, bounds, default and whether it must be given are those of the
 * field. What is not given is left out of the input, so that the operation's default holds.
 */
export function field<N extends OperationName, K extends keyof Input<N> & string>(
  operation: N,
  key: K,
  placeholder: string,
  summary: string,
): Option<Input<N>[K]> {
  const { input } = schemasOf(operation);
  const found = input.shape[key] as z.ZodType | undefined;
  if (!found) throw new Error(`${operation} has no field ${key}`);
  const { schema, optional, fallback } = unwrap(found);
  const isShown = typeof fallback === 'number' || (typeof fallback === 'string' && fallback !== '');
  const said = isShown ? `${summary} (default ${fallback})` : summary;
  const made = optionFor(schema, placeholder, said, { field: key, required: !optional });
  return made as Option<Input<N>[K]>;
}

interface Unwrapped {
  schema: z.ZodType;
  optional: boolean;
  fallback: unknown;
}
interface Definition {
  type: string;
  innerType?: z.ZodType;
  defaultValue?: unknown;
  element?: z.ZodType;
}
const definitionOf = (schema: z.ZodType): Definition => schema.def;

function unwrap(schema: z.ZodType): Unwrapped {
  const { type, innerType, defaultValue } = definitionOf(schema);
  if (!innerType || !['optional', 'default', 'nullable'].includes(type))
    return { schema, optional: false, fallback: undefined };
  const inner = unwrap(innerType);
  return {
    schema: inner.schema,
    optional: inner.optional || type !== 'nullable',
    fallback: type === 'default' ? defaultValue : inner.fallback,
  };
}

function optionFor(schema: z.ZodType, placeholder: string, summary: string, traits: Traits): Option<unknown> {
  const { type, element } = definitionOf(schema);
  if (type === 'boolean') return flag(summary, { field: traits.field ?? '' });
  if (type === 'number') {
    const { minValue, maxValue } = schema as z.ZodNumber;
    return whole(placeholder, summary, {
      ...traits,
      min: minValue ?? 0,
      ...(maxValue === null ? {} : { max: maxValue }),
    });
  }
  if (type === 'enum') {
    const choices = (schema as z.ZodEnum).options as string[];
    return traits.required
      ? neededOneOf(placeholder, summary, choices, traits)
      : oneOf(placeholder, summary, choices, traits);
  }
  if (type !== 'array' || !element)
    return traits.required ? needed(placeholder, summary, traits) : text(placeholder, summary, traits);
  const one = optionFor(unwrap(element).schema, placeholder, summary, {});
  return option(
    'list',
    placeholder,
    summary,
    (given, name) => (given.length === 0 ? undefined : given.map((raw) => one.read([raw], name))),
    { ...traits, choices: one.choices },
  );
}
