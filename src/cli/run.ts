import { findCommand, longest, readGiven, readLine } from './args/parse.ts';
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
  /** Logs an error that nobody foresaw, in full. */
  unforeseen(error: unknown): void;
}

/** Runs one command line and returns its exit code: 0 done, 1 refused or failed, 2 wrong usage. It never throws. */
export async function run(
  argv: readonly string[],
  commands: readonly Command[],
  around: Surroundings,
): Promise<0 | 1 | 2> {
  const json = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined).includes('--json');
  const output = createOutput(json, around.stdout, around.stderr);
  try {
    await dispatch(argv, commands, { ...around, output });
    output.endProgress();
    return 0;
  } catch (error) {
    output.endProgress();
    const report = reportOf(error) ?? unforeseen(error, around);
    const of = error instanceof UsageError ? error.command : undefined;
    around.stderr.write(json ? errorJson(report, around) : asText(report, of));
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
  const found = findCommand(words, commands);
  if ('group' in found) {
    if (!helping) {
      withHelpOf(found.group, () => {
        const message = `${['frames', ...found.group].join(' ')} requires a command.`;
        throw new UsageError(message, { argument: 'COMMAND' });
      });
    }
    around.stdout.write(groupHelp(found.group, commands, around.version));
  } else if (helping) around.stdout.write(commandHelp(found.command));
  else await call(found.command, around, line, found.rest);
}

const leading = (argv: readonly string[], commands: readonly Command[]): readonly string[] =>
  longest(commands.filter(({ path }) => path.every((word, at) => argv[at] === word)))?.path ?? [];

/** Does `work`; a wrong usage in it leads to the help of that command or group. */
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
    await command.run(around, readGiven(command, line, rest));
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

function asText({ exit, message, details }: ErrorReport, of?: string): string {
  const trace = (details as { trace_id?: unknown } | null)?.trace_id;
  const issues = (details as { issues?: readonly { path: string; message: string }[] } | null)?.issues ?? [];
  const lines = [`frames: ${message}`];
  if (issues.length > 1)
    lines.push(...issues.map(({ path, message: what }) => `  ${path || 'record'}: ${what}`));
  if (typeof trace === 'string' && !message.includes(trace)) lines.push(`  Trace id for the log: ${trace}`);
  if (exit === 2) lines.push(`Run "frames ${of ? `${of} ` : ''}--help" for usage.`);
  return `${lines.map(oneLine).join('\n')}\n`;
}

function errorJson({ code, message, details }: ErrorReport, around: Surroundings): string {
  const timestamp = new Date(around.now()).toISOString();
  return `${asJson({ error: { code, message, details, timestamp, request_id: around.requestId } })}\n`;
}
