import { z } from 'zod';
import { schemasOf } from '../args/option.ts';
import type { Input, OperationName } from '../args/option.ts';
import type { Agent, Targets } from './targets.ts';

/** What a tool gets besides its input. */
export interface ToolCall {
  readonly targets: Targets;
  readonly agent: Agent;
  /** Returns once the person has agreed. Throws to have them asked, and if they do not agree. */
  readonly confirm: (question: string) => void;
}

/** What a tool does: reads, changes something in a sandbox, or takes something away, which a person confirms first. */
export type Effect = 'reads' | 'changes' | 'deletes';

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly effect: Effect;
  readonly input: z.ZodObject;
  run(call: ToolCall, input: Record<string, unknown>): Promise<unknown>;
}

/** Declares a tool. `run` gets the input as `input` describes it. */
export const tool = <S extends z.ZodObject>(
  declared: Omit<Tool, 'input' | 'run'> & {
    input: S;
    run(call: ToolCall, input: z.output<S>): Promise<unknown>;
  },
): Tool => ({ ...declared, run: (call, input) => declared.run(call, input as z.output<S>) });

/**
 * The fields of an operation's input that agents may give, each with its description or with another schema. The operation checks the values
 * again. Others are refused, so that a misspelt field is noticed.
 */
export function inputOf<N extends OperationName, K extends keyof Input<N> & string>(
  operation: N,
  described: Readonly<Record<K, string | z.ZodType>>,
): z.ZodObject<{ [P in K]: z.ZodType<Input<N>[P]> }> {
  const { shape } = schemasOf(operation).input as z.ZodObject<Record<string, z.ZodType>>;
  const fields = Object.entries<string | z.ZodType>(described).map(([key, given]) => {
    if (typeof given !== 'string') return [key, given];
    const schema = shape[key];
    if (!schema) throw new Error(`${operation} has no field ${key}`);
    return [key, schema.describe(given)];
  });
  return z.strictObject(Object.fromEntries(fields) as never);
}

/** The sandbox to read instead of live. */
export const otherSandbox = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('Read this sandbox (id or name) instead of live');

/** The sandbox that a change goes into. */
export const sandbox = z
  .string()
  .min(1)
  .max(200)
  .describe('The sandbox (id or name) to change. Live cannot be changed.');
