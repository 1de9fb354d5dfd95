import { field, flag, resultSchemaOf } from './args/option.ts';
import type { Input, OperationName, Option, Options, Result, Values } from './args/option.ts';
import { command } from './command.ts';
import type { Command, Context } from './command.ts';
import type { Output } from './output/output.ts';
import { changesText, planLines, refusalOf } from './output/differences.ts';
import type { PlanResult, Refusal } from './output/differences.ts';
import { resultLines } from './output/result.ts';
import { previewAndApply } from './plan.ts';
import { confirm, yesFlag } from './prompts.ts';
import { followProgress, workspaceOptions, withWorkspace } from './workspace.ts';
import type { OpenWorkspace } from './workspace.ts';

type CommandArguments<P extends Options, O extends Options> = Values<P> & Values<O> & { workspace: string };
type TargetOptions = Pick<typeof workspaceOptions, 'workspace' | 'actor'>;

interface OperationCommand<N extends OperationName, P extends Options, O extends Options> {
  path: string;
  operation: N;
  summary: string;
  details?: readonly string[];
  examples?: readonly string[];
  /** Options that select what the command works on: live; live or a sandbox (the default); or either at a point in time. */
  targetOptions?: TargetOptions;
  parameters?: P;
  options?: O;
  /** The command writes one transaction, which `--dry-run` rolls back. */
  writes?: true;
  /** Checks the arguments before the workspace is opened. Throws UsageError. */
  checkArguments?: (args: CommandArguments<P, O>) => unknown;
  /** Confirmation question unless `--yes` is set; null for none. */
  ask?: (
    args: CommandArguments<P, O>,
    open: OpenWorkspace,
    context: Context,
  ) => string | null | Promise<string | null>;
  /** Builds input fields that no option sets directly. */
  input?: (
    args: CommandArguments<P, O>,
    open: OpenWorkspace,
    context: Context,
  ) => Partial<Input<N>> | Promise<Partial<Input<N>>>;
  done?: string | ((result: Result<N>, args: CommandArguments<P, O>) => string);
  /** Formats a result that its schema alone does not explain. */
  show?: (result: Result<N>, args: CommandArguments<P, O>, output: Output) => readonly string[];
  /** Throws if the result means failure. The result is printed first. */
  check?: (result: Result<N>) => void;
}

export const dryRun = { 'dry-run': flag('Show what would happen without changing anything') };

/** Declares a command for an operation of the contract. Its field options become the input, its result the JSON output. */
export function operationCommand<N extends OperationName, P extends Options = {}, O extends Options = {}>(
  declaration: OperationCommand<N, P, O>,
): Command {
  const { path, operation: name, summary, details, examples } = declaration;
  const {
    targetOptions = workspaceOptions,
    parameters = {},
    options = {},
    writes,
    ask,
    check,
    done,
  } = declaration;
  return command({
    path: path.split(' '),
    summary,
    operation: name,
    ...(writes && { writes }),
    ...(details && { details }),
    ...(examples && { examples }),
    parameters,
    options: { ...targetOptions, ...options, ...(writes && dryRun), ...(ask && { yes: yesFlag }) },
    async run(context, values) {
      const args = values as unknown as CommandArguments<P, O> & { yes?: boolean; 'dry-run'?: boolean };
      declaration.checkArguments?.(args);
      const result = await withWorkspace(context, args, path, async (open) => {
        const extraInput = await declaration.input?.(args, open, context);
        const input = { ...inputFields({ ...parameters, ...options }, args), ...extraInput };
        const question = args['dry-run'] ? null : await ask?.(args, open, context);
        if (question != null) await confirm(context, args.yes === true, question);
        return callOperation(open, name, input as Input<N>, context);
      });
      const { output } = context;
      const isDryRun = writes !== undefined && args['dry-run'] === true;
      output.result(isDryRun ? { ...(result as object), dry: true } : result, () => [
        ...(isDryRun ? ['Dry run: nothing was changed.'] : []),
        ...(done === undefined ? [] : [typeof done === 'string' ? done : done(result, args)]),
        ...(declaration.show?.(result, args, output) ??
          resultLines(resultSchemaOf(name), result, output.width)),
      ]);
      check?.(result);
    },
  });
}

interface PlanCommand<N extends OperationName, P extends Options, O extends Options> extends Omit<
  OperationCommand<N, P, O>,
  'show' | 'done' | 'check' | 'writes' | 'ask'
> {
  /** Ends with the changes: `Merge: updated 1 team?`. Default: the summary of the command. */
  question?: string;
  /** Asks even if no record would change. */
  asksAlways?: true;
  /** Input that makes the operation apply exactly the preview. Default: the head of the preview. */
  applyInput?: (preview: Result<N>) => object;
  /** Refusal that the preview predicts, besides its problems. */
  refusal?: (preview: Result<N>, args: CommandArguments<P, O>) => Refusal | null;
  /** Selects another target than the options of the command name. */
  targetFor?: (args: CommandArguments<P, O>, context: Context) => { sandbox: string };
  /** Lines before the changes. */
  introduction?: (result: Result<N>) => readonly string[];
}

/** Declares a command for an operation that plans changes: previews them, asks, and applies exactly the preview. */
export function plannedCommand<N extends OperationName, P extends Options = {}, O extends Options = {}>(
  declaration: PlanCommand<N, P, O>,
): Command {
  const { path, operation: name, summary, details, examples } = declaration;
  const { targetOptions = workspaceOptions, parameters = {}, options = {}, applyInput } = declaration;
  return command({
    path: path.split(' '),
    summary,
    operation: name,
    ...(details && { details }),
    ...(examples && { examples }),
    parameters,
    options: { ...targetOptions, ...options, ...dryRun, yes: yesFlag },
    async run(context, values) {
      const args = values as unknown as CommandArguments<P, O> & { yes: boolean; 'dry-run': boolean };
      declaration.checkArguments?.(args);
      const target = { ...args, ...declaration.targetFor?.(args, context), 'dry-run': false };
      await withWorkspace(context, target, path, async (open) => {
        const extraInput = await declaration.input?.(args, open, context);
        const input = { ...inputFields({ ...parameters, ...options }, args), ...extraInput };
        type PreviewResult = Result<N> & PlanResult;
        await previewAndApply<PreviewResult>(context, args, {
          run: (dry, preview) => {
            const previewState = preview && (applyInput?.(preview) ?? { seen: preview.head });
            return callOperation(open, name, { ...input, ...previewState, dry } as Input<N>, context);
          },
          refusal: (preview) => declaration.refusal?.(preview, args) ?? refusalOf(preview.problems),
          lines: (result) => [
            ...(declaration.introduction?.(result) ?? []),
            ...planLines(resultSchemaOf(name), result, context.output.width),
          ],
          question: (preview) =>
            preview.records.length > 0 || declaration.asksAlways
              ? `${declaration.question ?? summary}: ${changesText(preview)}?`
              : null,
        });
      });
    },
  });
}

function inputFields(options: Options, args: object): Record<string, unknown> {
  const values = args as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(options).flatMap(([name, { field: key }]) =>
      key === undefined || values[name] === undefined ? [] : [[key, values[name]]],
    ),
  );
}

/** Calls an operation. Shows the progress of a stream and returns its result. */
export async function callOperation<N extends OperationName>(
  { client }: OpenWorkspace,
  name: N,
  input: Input<N>,
  { output, signal }: Context,
): Promise<Result<N>> {
  const [group, method] = name.split('.') as [string, string];
  type Groups = Record<string, Record<string, (input: unknown, options: object) => Promise<unknown>>>;
  const answer = await (client as unknown as Groups)[group]?.[method]?.(input, { signal });
  const isStream = typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer;
  return (
    isStream ? followProgress(answer as Parameters<typeof followProgress>[0], output) : answer
  ) as Promise<Result<N>>;
}

export const pagingOptions = <N extends OperationName>(name: N) => ({
  limit: field(name, 'limit' as keyof Input<N> & string, 'N', 'Maximum number of results') as Option<
    number | undefined
  >,
  offset: field(name, 'offset' as keyof Input<N> & string, 'N', 'Number of results to skip') as Option<
    number | undefined
  >,
});
