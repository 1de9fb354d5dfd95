import { isContractProcedure, oc } from '@orpc/contract';
import type { AnyContractProcedure, AnySchema, InferSchemaOutput } from '@orpc/contract';
import { z } from 'zod';
import { hasControls, maxLengths } from '../domain/limits.ts';
import { compareText } from '../domain/sort-key.ts';
import { rule } from '../texts/issues.ts';
import { faults } from './fault-data.ts';

/** `atPoint`: the operation works while a point in time is open. */
export const operation = oc.$meta<{ atPoint?: boolean }>({}).errors(faults);

/** An operation that reads, or that works outside the records. Others are refused while a point in time is open. */
export const readOperation = operation.meta({ atPoint: true });

type Operations<M> = { [K in keyof M as M[K] extends AnyContractProcedure ? K : never]: M[K] };
export type OperationsOf<L extends readonly object[]> = L extends readonly [
  infer First,
  ...infer Rest extends object[],
]
  ? Operations<First> & OperationsOf<Rest>
  : unknown;

/** The operations that modules export, by their names and in their order: loaders of modules differ in theirs. */
export const operationsOf = <const L extends readonly object[]>(modules: L): OperationsOf<L> =>
  Object.fromEntries(
    modules.flatMap((module) =>
      Object.entries(module)
        .filter(([, value]) => isContractProcedure(value))
        .toSorted(([a], [b]) => compareText(a, b)),
    ),
  ) as OperationsOf<L>;

interface Declaration {
  '~orpc': { inputSchema?: AnySchema; outputSchema?: AnySchema };
}
type OutputOfSchema<S extends AnySchema | undefined> = InferSchemaOutput<NonNullable<S>>;

export type InputOf<O extends Declaration> = OutputOfSchema<O['~orpc']['inputSchema']>;
export type OutputOf<O extends Declaration> = OutputOfSchema<O['~orpc']['outputSchema']>;
type ResultIn<E> = E extends { kind: 'result'; result: infer R } ? R : never;
/** The result of a long operation, which its stream yields last. */
export type ResultOf<O extends Declaration> =
  OutputOf<O> extends AsyncIterator<infer E> ? ResultIn<E> : never;

/** The id of a record, version, sandbox or other item. */
export const id = z.string().min(1).max(maxLengths.id);

/** A name on one line, without spaces around it. */
export const lineName = (maxLength: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((value) => !hasControls(value), rule('one_line'));
