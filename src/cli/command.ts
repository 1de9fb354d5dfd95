import type { Writable } from 'node:stream';
import { flag } from './args/option.ts';
import type { OperationName, Options, Values } from './args/option.ts';
import type { Output, Sink } from './output/output.ts';

export interface Context {
  readonly output: Output;
  readonly stdout: Writable & Sink;
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks the user; missing without a terminal. */
  readonly ask?: ((question: string, options?: { isHidden: boolean }) => Promise<string>) | undefined;
  /** Reads all of standard input; missing if that is a terminal. */
  readonly input?: (() => Promise<Buffer>) | undefined;
  readonly workingFolder: string;
  readonly requestId: string;
  readonly version: string;
}

interface CommandDescription {
  readonly path: readonly string[];
  /** One sentence without a full stop. */
  readonly summary: string;
  readonly details?: readonly string[];
  readonly examples?: readonly string[];
  readonly operation?: OperationName;
  /** The command writes one transaction, which `--dry-run` rolls back. */
  readonly writes?: true;
}

export interface Command extends CommandDescription {
  readonly parameters: Options;
  readonly options: Options;
  run(context: Context, args: Values<Options>): Promise<void>;
}

/** Declares a command. `parameters` are its positional arguments in order. Errors of `run` become messages and exit codes: 2 for UsageError, else 1. */
export function command<P extends Options, O extends Options>(
  declaration: CommandDescription & {
    parameters: P;
    options: O;
    run(context: Context, args: Values<P> & Values<O>): Promise<void>;
  },
): Command {
  return { ...declaration, run: (context, args) => declaration.run(context, args as Values<P> & Values<O>) };
}

export const globalOptions = {
  json: flag('Print the result as JSON; errors go to stderr as {"error": …}'),
  help: flag('Show help'),
} satisfies Options;
