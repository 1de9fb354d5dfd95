import { z } from 'zod';
import { schemasOf } from '../args/option.ts';
import type { Input, OperationName } from '../args/option.ts';
import type { Agent, Targets } from './targets.ts';

export interface ToolCall {
  readonly targets: Targets;
  readonly agent: Agent;
  /** Returns if the user has agreed. Throws to ask them, and if they refused. */
  readonly confirm: (question: string) => void;
}

/** Effect of a tool: it reads, changes a sandbox, or deletes something after a confirmation. */
export type Effect = 'reads' | 'changes' | 'deletes';

export interface Tool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly effect: Effect;
  readonly input: z.ZodObject;
  run(call: ToolCall, input: Record<string, unknown>): Promise<unknown>;
}

/** Declares a tool. `run` gets the input parsed by `input`. */
export const tool = <S extends z.ZodObject>(
  declaration: Omit<Tool, 'input' | 'run'> & {
    input: S;
    run(call: ToolCall, input: z.output<S>): Promise<unknown>;
  },
): Tool => ({ ...declaration, run: (call, input) => declaration.run(call, input as z.output<S>) });

/**
 * The schema of the input fields that agents are allowed to set, each with a description or another schema. The operation validates the
 * values again. Unknown fields are refused, so that typing errors are noticed.
 */
export function inputOf<N extends OperationName, K extends keyof Input<N> & string>(
  operation: N,
  descriptions: Readonly<Record<K, string | z.ZodType>>,
): z.ZodObject<{ [P in K]: z.ZodType<Input<N>[P]> }> {
  const { shape } = schemasOf(operation).input as z.ZodObject<Record<string, z.ZodType>>;
  const fields = Object.entries<string | z.ZodType>(descriptions).map(([key, description]) => {
    if (typeof description !== 'string') return [key, description];
    const schema = shape[key];
    if (!schema) throw new Error(`${operation} has no field ${key}`);
    return [key, schema.describe(description)];
  });
  return z.strictObject(Object.fromEntries(fields) as never);
}

export const sandboxToRead = z
  .string()
  .min(1)
  .max(200)
  .optional()
  .describe('Read this sandbox (id or name) instead of live');

export const sandboxToChange = z
  .string()
  .min(1)
  .max(200)
  .describe('The sandbox (id or name) to change. Live cannot be changed.');
