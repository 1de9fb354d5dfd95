import { findCommand, longestMatch, readArguments, readLine } from './args/parse.ts';
import type { Line } from './args/parse.ts';
import type { Command, Context } from './command.ts';
import { reportOf, UsageError } from './output/errors.ts';
import type { ErrorReport } from './output/errors.ts';
import { commandHelp, groupHelp } from './output/help.ts';
import { asJson, createOutput, oneLine } from './output/output.ts';
import type { Sink } from './output/output.ts';

export interface Surroundings extends Omit<Context, 'output'> {
  readonly stderr: Sink;
  /** Milliseconds since 1970. */
  now(): number;
  unforeseen(error: unknown): void;
}

/** Runs one command line and returns its exit code: 0 success, 1 refused or failed, 2 wrong usage. Never throws. */
export async function run(
  argv: readonly string[],
  commands: readonly Command[],
  surroundings: Surroundings,
): Promise<0 | 1 | 2> {
  const json = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined).includes('--json');
  const output = createOutput(json, surroundings.stdout, surroundings.stderr);
  try {
    await dispatch(argv, commands, { ...surroundings, output });
    output.endProgress();
    return 0;
  } catch (error) {
    output.endProgress();
    const report = reportOf(error) ?? unforeseen(error, surroundings);
    const of = error instanceof UsageError ? error.command : undefined;
    surroundings.stderr.write(json ? errorJson(report, surroundings) : formatError(report, of));
    return report.exit;
  }
}

type Dispatching = Surroundings & Context;

async function dispatch(
  argv: readonly string[],
  commands: readonly Command[],
  around: Dispatching,
): Promise<void> {
  const line = withHelpOf(leading(argv, commands), () => readLine(argv, commands));
  if (line.options.has('version') && line.words.length === 0) {
    around.output.result({ version: around.version }, () => [around.version]);
    return;
  }
  const helping = line.options.has('help') || line.words[0] === 'help';
  const words = line.words[0] === 'help' ? line.words.slice(1) : line.words;
  const match = findCommand(words, commands);
  if ('group' in match) {
    if (!helping) {
      withHelpOf(match.group, () => {
        const message = `${['frames', ...match.group].join(' ')} requires a command.`;
        throw new UsageError(message, { argument: 'COMMAND' });
      });
    }
    around.stdout.write(groupHelp(match.group, commands, around.version));
  } else if (helping) around.stdout.write(commandHelp(match.command));
  else await call(match.command, around, line, match.rest);
}

const leading = (argv: readonly string[], commands: readonly Command[]): readonly string[] =>
  longestMatch(commands.filter(({ path }) => path.every((word, at) => argv[at] === word)))?.path ?? [];

/** Runs `work`; a usage error then suggests the help of that command or group. */
function withHelpOf<R>(path: readonly string[], work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError) error.command ??= path.join(' ');
    throw error;
  }
}

async function call(
  command: Command,
  around: Dispatching,
  line: Line,
  rest: readonly string[],
): Promise<void> {
  try {
    await command.run(around, readArguments(command, line, rest));
  } catch (error) {
    if (error instanceof UsageError) error.command = command.path.join(' ');
    throw error;
  }
}

function unforeseen(error: unknown, around: Surroundings): ErrorReport {
  around.unforeseen(error);
  const message = `Internal error. Everything saved before is safe. Trace id: ${around.requestId}`;
  return { exit: 1, code: 'INTERNAL', message, details: { trace_id: around.requestId } };
}

function formatError({ exit, message, details }: ErrorReport, command?: string): string {
  const trace = (details as { trace_id?: unknown } | null)?.trace_id;
  const issues = (details as { issues?: readonly { path: string; message: string }[] } | null)?.issues ?? [];
  const lines = [`frames: ${message}`];
  if (issues.length > 1)
    lines.push(...issues.map(({ path, message: what }) => `  ${path || 'record'}: ${what}`));
  if (typeof trace === 'string' && !message.includes(trace)) lines.push(`  Trace id for the log: ${trace}`);
  if (exit === 2) lines.push(`Run "frames ${command ? `${command} ` : ''}--help" for usage.`);
  return `${lines.map(oneLine).join('\n')}\n`;
}

function errorJson({ code, message, details }: ErrorReport, around: Surroundings): string {
  const timestamp = new Date(around.now()).toISOString();
  return `${asJson({ error: { code, message, details, timestamp, request_id: around.requestId } })}\n`;
}
