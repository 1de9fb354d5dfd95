import type { Writable } from 'node:stream';
import { flag } from './args/option.ts';
import type { OperationName, Options, Values } from './args/option.ts';
import type { Output, Sink } from './output/output.ts';

/** What a command gets besides its arguments. */
export interface Context {
  readonly output: Output;
  readonly stdout: Writable & Sink;
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks the person a question and returns the answer; missing where nobody sits at the terminal. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** Reads all of standard input; missing where that is a terminal. */
  readonly input?: (() => Promise<Buffer>) | undefined;
  readonly folder: string;
  readonly requestId: string;
  /** Of FRAMES. */
  readonly version: string;
}

interface Described {
  readonly path: readonly string[];
  /** One sentence without its end. */
  readonly summary: string;
  readonly details?: readonly string[];
  readonly examples?: readonly string[];
  readonly operation?: OperationName;
  /** It writes one transaction, which `--dry-run` rolls back. */
  readonly writes?: true;
}

/** A command as the table holds it. */
export interface Command extends Described {
  readonly parameters: Options;
  readonly options: Options;
  run(context: Context, given: Values<Options>): Promise<void>;
}

/**
 * Declares a command. `parameters` are its positional arguments in order. What `run` throws becomes a message and an exit
 * code: UsageError 2, anything else 1.
 */
export function command<P extends Options, O extends Options>(
  declared: Described & {
    parameters: P;
    options: O;
    run(context: Context, given: Values<P> & Values<O>): Promise<void>;
  },
): Command {
  return { ...declared, run: (context, given) => declared.run(context, given as Values<P> & Values<O>) };
}

/** Options of every command. */
export const everywhere = {
  json: flag('Print the result as JSON; errors go to stderr as {"error": …}'),
  help: flag('Show help'),
} satisfies Options;
