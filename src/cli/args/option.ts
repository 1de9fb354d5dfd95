import { getEventIteratorSchemaDetails } from '@orpc/contract';
import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type { z } from 'zod';
import { contract } from '#shared/contract/index.ts';
import type { Contract } from '#shared/contract/index.ts';
import { UsageError } from '../output/errors.ts';

export interface Option<T> {
  /** flag: present or absent; value: at most once, with a value; list: any number of times. */
  readonly kind: 'flag' | 'value' | 'list';
  readonly placeholder: string;
  readonly summary: string;
  readonly required: boolean;
  readonly choices: readonly string[];
  /** The input field that the option sets; missing if the command uses the value in another way. */
  readonly field?: string;
  /** Parses the texts of the command line, in order; none if the option is absent. `name` is used in errors. Throws UsageError. */
  parse(values: readonly string[], name: string): T;
}

export type Options = Readonly<Record<string, Option<unknown>>>;
export type Values<O extends Options> = { readonly [K in keyof O]: O[K] extends Option<infer T> ? T : never };

type Traits = Partial<Pick<Option<unknown>, 'required' | 'choices' | 'field'>>;
const createOption = <T>(
  kind: Option<T>['kind'],
  placeholder: string,
  summary: string,
  parse: Option<T>['parse'],
  traits: Traits = {},
): Option<T> => ({ kind, placeholder, summary, required: false, choices: [], ...traits, parse });

export const flag = (summary: string, traits?: Traits): Option<boolean> =>
  createOption('flag', '', summary, (values) => values.length > 0, traits);

export const text = (placeholder: string, summary: string, traits?: Traits): Option<string | undefined> =>
  createOption(
    'value',
    placeholder,
    summary,
    ([raw], name) => (raw === undefined ? undefined : parseText(raw, name)),
    traits,
  );

export const requiredText = (placeholder: string, summary: string, traits?: Traits): Option<string> =>
  createOption('value', placeholder, summary, ([raw = ''], name) => parseText(raw, name), {
    ...traits,
    required: true,
  });

export const list = (placeholder: string, summary: string, traits?: Traits): Option<readonly string[]> =>
  createOption(
    'list',
    placeholder,
    summary,
    (values, name) => values.map((item) => parseText(item, name)),
    traits,
  );

export const wholeNumber = (
  placeholder: string,
  summary: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER, ...traits }: { min?: number; max?: number } & Traits = {},
): Option<number | undefined> =>
  createOption(
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

/** One of a few choices; undefined if absent. */
export const oneOf = <const C extends string>(
  placeholder: string,
  summary: string,
  choices: readonly C[],
  traits?: Traits,
): Option<C | undefined> =>
  createOption(
    'value',
    placeholder,
    summary,
    ([raw], name) => (raw === undefined ? undefined : choiceOf(raw, choices, name)),
    { ...traits, choices },
  );

export const requiredOneOf = <const C extends string>(
  placeholder: string,
  summary: string,
  choices: readonly C[],
  traits?: Traits,
): Option<C> => ({ ...(oneOf(placeholder, summary, choices, traits) as Option<C>), required: true });

export function choiceOf<C extends string>(raw: string, choices: readonly C[], name: string): C {
  const match = choices.find((choice) => choice === raw);
  if (match === undefined) throw badValue(name, raw, `one of ${choices.join(', ')}`);
  return match;
}

export function badValue(name: string, value: string, expected: string): UsageError {
  return new UsageError(`${name} must be ${expected}, not "${value}".`, { argument: name, given: value });
}

function parseText(value: string, name: string): string {
  if (value.trim() === '')
    throw new UsageError(`${name} must not be empty.`, { argument: name, given: value });
  return value;
}

type NameIn<M> = { [G in keyof M & string]: `${G}.${keyof M[G] & string}` }[keyof M & string];
/** Path of an operation in the contract, such as `entities.list`. */
export type OperationName = NameIn<Contract>;
type OperationAt<M, N> = N extends `${infer G}.${infer O}`
  ? G extends keyof M
    ? O extends keyof M[G]
      ? M[G][O]
      : never
    : never
  : never;
export type Input<N extends OperationName> = OperationAt<InferContractRouterInputs<Contract>, N>;
type Output<N extends OperationName> = OperationAt<InferContractRouterOutputs<Contract>, N>;
export type Result<N extends OperationName> =
  Output<N> extends AsyncIterator<infer E>
    ? E extends { kind: 'result'; result: infer R }
      ? R
      : never
    : Output<N>;

interface Declaration {
  '~orpc': { inputSchema?: z.ZodObject; outputSchema?: z.ZodType };
}
export function schemasOf(name: OperationName): { input: z.ZodObject; output: z.ZodType } {
  const [group, operation] = name.split('.') as [string, string];
  const declaration = (contract as unknown as Record<string, Record<string, Declaration>>)[group]?.[
    operation
  ];
  const { inputSchema, outputSchema } = declaration?.['~orpc'] ?? {};
  if (!inputSchema || !outputSchema) throw new Error(`there is no operation ${name}`);
  return { input: inputSchema, output: outputSchema };
}

/** Schema of an operation's output; for a stream, of its final result. */
export function resultSchemaOf(name: OperationName): z.ZodType {
  const { output } = schemasOf(name);
  const stream = getEventIteratorSchemaDetails(output);
  if (!stream) return output;
  const { options } = stream.yields as unknown as z.ZodDiscriminatedUnion<
    z.ZodObject<{ kind: z.ZodLiteral; result: z.ZodType }>[]
  >;
  const resultEvent = options.find(({ shape }) => shape.kind.value === 'result');
  if (!resultEvent) throw new Error(`${name} has no result`);
  return resultEvent.shape.result;
}

/**
 * An option for an input field of an operation. The field's schema determines kind, choices, bounds and default, and whether the option is
 * required. If the option is absent, its field is left out of the input, so that the operation's default applies; a flag sends false.
 */
export function field<N extends OperationName, K extends keyof Input<N> & string>(
  operation: N,
  key: K,
  placeholder: string,
  summary: string,
): Option<Input<N>[K]> {
  const { input } = schemasOf(operation);
  const schemaOfField = input.shape[key] as z.ZodType | undefined;
  if (!schemaOfField) throw new Error(`${operation} has no field ${key}`);
  const { schema, isOptional, defaultValue } = unwrap(schemaOfField);
  const hasShownDefault =
    typeof defaultValue === 'number' || (typeof defaultValue === 'string' && defaultValue !== '');
  const description = hasShownDefault ? `${summary} (default ${defaultValue})` : summary;
  const fieldOption = optionFor(schema, placeholder, description, { field: key, required: !isOptional });
  return fieldOption as Option<Input<N>[K]>;
}

interface UnwrappedSchema {
  schema: z.ZodType;
  isOptional: boolean;
  defaultValue: unknown;
}
interface SchemaDefinition {
  type: string;
  innerType?: z.ZodType;
  defaultValue?: unknown;
  element?: z.ZodType;
}
const definitionOf = (schema: z.ZodType): SchemaDefinition => schema.def;

function unwrap(schema: z.ZodType): UnwrappedSchema {
  const { type, innerType, defaultValue } = definitionOf(schema);
  if (!innerType || !['optional', 'default', 'nullable'].includes(type))
    return { schema, isOptional: false, defaultValue: undefined };
  const inner = unwrap(innerType);
  return {
    schema: inner.schema,
    isOptional: inner.isOptional || type !== 'nullable',
    defaultValue: type === 'default' ? defaultValue : inner.defaultValue,
  };
}

function optionFor(schema: z.ZodType, placeholder: string, summary: string, traits: Traits): Option<unknown> {
  const { type, element } = definitionOf(schema);
  if (type === 'boolean') return flag(summary, { field: traits.field ?? '' });
  if (type === 'number') {
    const { minValue, maxValue } = schema as z.ZodNumber;
    return wholeNumber(placeholder, summary, {
      ...traits,
      min: minValue ?? 0,
      ...(maxValue === null ? {} : { max: maxValue }),
    });
  }
  if (type === 'enum') {
    const choices = (schema as z.ZodEnum).options as string[];
    return traits.required
      ? requiredOneOf(placeholder, summary, choices, traits)
      : oneOf(placeholder, summary, choices, traits);
  }
  if (type !== 'array' || !element)
    return traits.required ? requiredText(placeholder, summary, traits) : text(placeholder, summary, traits);
  const itemOption = optionFor(unwrap(element).schema, placeholder, summary, {});
  return createOption(
    'list',
    placeholder,
    summary,
    (values, name) => (values.length === 0 ? undefined : values.map((raw) => itemOption.parse([raw], name))),
    { ...traits, choices: itemOption.choices },
  );
}
