import { field, flag } from './args/option.ts';
import type { Input, OperationName, Option, Options, Result, Values } from './args/option.ts';
import { command } from './command.ts';
import type { Command, Context } from './command.ts';
import type { Output } from './output/output.ts';
import { confirm, yes } from './prompts.ts';
import { follow, onWorkspace, withWorkspace } from './workspace.ts';
import type { Open } from './workspace.ts';

type Given<P extends Options, O extends Options> = Values<P> & Values<O> & { workspace: string };
type Scope = Pick<typeof onWorkspace, 'workspace' | 'actor'>;

interface OperationCommand<N extends OperationName, P extends Options, O extends Options> {
  /** The words that call it: `entities list`. */
  path: string;
  operation: N;
  summary: string;
  details?: readonly string[];
  examples?: readonly string[];
  /** What it works on: live, live or a sandbox (unless said otherwise), or these at a point in time. */
  on?: Scope;
  parameters?: P;
  options?: O;
  /** It writes one transaction, which `--dry-run` rolls back. */
  writes?: true;
  /** Checks what was given before the workspace is opened. Throws UsageError. */
  before?: (given: Given<P, O>) => unknown;
  /** What to ask first, unless `--yes` is given; null for nothing. */
  ask?: (given: Given<P, O>, open: Open, context: Context) => string | null | Promise<string | null>;
  /** Fields of the input that no option gives as they are. */
  input?: (
    given: Given<P, O>,
    open: Open,
    context: Context,
  ) => Partial<Input<N>> | Promise<Partial<Input<N>>>;
  show: (result: Result<N>, given: Given<P, O>, output: Output) => readonly string[];
  /** Throws where the result means failure; it is printed all the same. */
  check?: (result: Result<N>) => void;
}

export const dryRun = { 'dry-run': flag('Show what would happen without changing anything') };

/** Declares a command from an operation of the contract: its options of fields become the input, and its result the JSON output. */
export function operation<N extends OperationName, P extends Options = {}, O extends Options = {}>(
  declared: OperationCommand<N, P, O>,
): Command {
  const { path, operation: name, summary, details, examples } = declared;
  const { on = onWorkspace, parameters = {}, options = {}, writes, ask, check } = declared;
  return command({
    path: path.split(' '),
    summary,
    operation: name,
    ...(writes && { writes }),
    ...(details && { details }),
    ...(examples && { examples }),
    parameters: parameters,
    options: { ...on, ...options, ...(writes && dryRun), ...(ask && { yes }) },
    async run(context, values) {
      const given = values as unknown as Given<P, O> & { yes?: boolean; 'dry-run'?: boolean };
      declared.before?.(given);
      const result = await withWorkspace(context, given, path, async (open) => {
        const more = await declared.input?.(given, open, context);
        const input = { ...fieldsOf({ ...parameters, ...options }, given), ...more };
        const question = given['dry-run'] ? null : await ask?.(given, open, context);
        if (question != null) await confirm(context, given.yes === true, question);
        return call(open, name, input as Input<N>, context);
      });
      const { output } = context;
      const isDry = writes !== undefined && given['dry-run'] === true;
      output.result(isDry ? { ...(result as object), dry: true } : result, () => [
        ...(isDry ? ['Dry run: nothing was changed.'] : []),
        ...declared.show(result, given, output),
      ]);
      check?.(result);
    },
  });
}

function fieldsOf(options: Options, given: object): Record<string, unknown> {
  const values = given as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, { field: key }]) =>
      key === undefined || values[name] === undefined ? [] : [[key, values[name]]],
    ),
  );
}

/** Calls an operation; of a long one shows the progress and returns the result. */
export async function call<N extends OperationName>(
  { client }: Open,
  name: N,
  input: Input<N>,
  { output, signal }: Context,
): Promise<Result<N>> {
  const [group, own] = name.split('.') as [string, string];
  type Groups = Record<string, Record<string, (input: unknown, options: object) => Promise<unknown>>>;
  const answer = await (client as unknown as Groups)[group]?.[own]?.(input, { signal });
  const isStream = typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
  return (isStream ? follow(answer as Parameters<typeof follow>[0], output) : answer) as Promise<Result<N>>;
}

/** Options of a comparison: which records, and which page of them. */
export const narrowing = <N extends OperationName>(name: N) => ({
  type: field(name, 'types' as keyof Input<N> & string, 'TYPE', 'Only records of this type'),
  search: field(
    name,
    'text' as keyof Input<N> & string,
    'TEXT',
    'Only records whose name or id contains this',
  ),
  ...page(name),
});

/** Options of a list that is read page by page. */
export const page = <N extends OperationName>(name: N) => ({
  limit: field(name, 'limit' as keyof Input<N> & string, 'N', 'Maximum number of results') as Option<
    number | undefined
  >,
  offset: field(name, 'offset' as keyof Input<N> & string, 'N', 'Number of results to skip') as Option<
    number | undefined
  >,
});
