import { findCommand, longestMatch, parseArguments, parseCommandLine } from './args/parse.ts';
import type { CommandLine } from './args/parse.ts';
import type { Command, Context } from './command.ts';
import { reportOf, UsageError } from './output/errors.ts';
import type { ErrorReport } from './output/errors.ts';
import { commandHelp, groupHelp } from './output/help.ts';
import { asJson, createOutput, oneLine } from './output/output.ts';
import type { Sink } from './output/output.ts';
import { unknownVariables, withoutEmpty } from '#shared/domain/environment.ts';

export interface ProgramContext extends Omit<Context, 'output'> {
  readonly stderr: Sink;
  /** Milliseconds since 1970. */
  now(): number;
  logUnexpected(error: unknown): void;
}

/** Runs one command line and returns its exit code: 0 success, 1 refused or failed, 2 wrong usage. Never throws. */
export async function run(
  argv: readonly string[],
  commands: readonly Command[],
  context: ProgramContext,
): Promise<0 | 1 | 2> {
  const endOfOptions = argv.indexOf('--');
  const optionWords = endOfOptions < 0 ? argv : argv.slice(0, endOfOptions);
  const json = optionWords.includes('--json');
  const output = createOutput(json, context.stdout, context.stderr);
  const environment = withoutEmpty(context.environment);
  // A server in production writes them to its log.
  if (!isServer(argv))
    for (const problem of unknownVariables(environment)) context.stderr.write(warningLine(problem, json));
  try {
    await dispatch(argv, commands, { ...context, environment, output });
    output.endProgress();
    return 0;
  } catch (error) {
    output.endProgress();
    const report = reportOf(error) ?? internalError(error, context);
    const commandPath = error instanceof UsageError ? error.command : undefined;
    if (json) context.stderr.write(errorJson(report, context));
    else if (!isRefusedDryRun(report)) context.stderr.write(formatError(report, commandPath));
    return report.exitCode;
  }
}

const isServer = ([command, next = '-', ...others]: readonly string[]): boolean =>
  command === 'serve' && next.startsWith('-') && ![next, ...others].includes('--trial');

/** With `--json`, each line of standard error is JSON too. */
const warningLine = (message: string, json: boolean): string =>
  json ? `${asJson({ warning: { code: 'UNKNOWN_VARIABLE', message } })}\n` : `frames: ${message}\n`;

/** Whether a dry run was refused: its printed result already says why. */
const isRefusedDryRun = ({ details }: ErrorReport): boolean =>
  (details as { dry?: unknown } | null)?.dry === true;

type CommandContext = ProgramContext & Context;

async function dispatch(
  argv: readonly string[],
  commands: readonly Command[],
  context: CommandContext,
): Promise<void> {
  const commandLine = suggestHelp(leadingPath(argv, commands), () => parseCommandLine(argv, commands));
  if (commandLine.options.has('version') && commandLine.words.length === 0) {
    context.output.result({ version: context.version }, () => [context.version]);
    return;
  }
  const isHelpRequest = commandLine.options.has('help') || commandLine.words[0] === 'help';
  const words = commandLine.words[0] === 'help' ? commandLine.words.slice(1) : commandLine.words;
  const match = findCommand(words, commands);
  if ('group' in match) {
    if (!isHelpRequest) {
      suggestHelp(match.group, () => {
        const message = `${['frames', ...match.group].join(' ')} requires a command.`;
        throw new UsageError(message, { argument: 'COMMAND' });
      });
    }
    context.stdout.write(groupHelp(match.group, commands, context.version));
  } else if (isHelpRequest) context.stdout.write(commandHelp(match.command, commands));
  else await runCommand(match.command, context, commandLine, match.argumentWords);
}

const leadingPath = (argv: readonly string[], commands: readonly Command[]): readonly string[] =>
  longestMatch(commands.filter(({ path }) => path.every((word, index) => argv[index] === word)))?.path ?? [];

/** Runs `work`; a usage error then suggests the help of that command or group. */
function suggestHelp<R>(path: readonly string[], work: () => R): R {
  try {
    return work();
  } catch (error) {
    if (error instanceof UsageError) error.command ??= path.join(' ');
    throw error;
  }
}

async function runCommand(
  command: Command,
  context: CommandContext,
  line: CommandLine,
  argumentWords: readonly string[],
): Promise<void> {
  try {
    await command.run(context, parseArguments(command, line, argumentWords));
  } catch (error) {
    if (error instanceof UsageError) error.command = command.path.join(' ');
    throw error;
  }
}

function internalError(error: unknown, context: ProgramContext): ErrorReport {
  context.logUnexpected(error);
  const message = `Internal error. Everything saved before is safe. Trace id: ${context.requestId}`;
  return { exitCode: 1, code: 'INTERNAL', message, details: { trace_id: context.requestId } };
}

function formatError({ exitCode, message, details }: ErrorReport, command?: string): string {
  const traceId = (details as { trace_id?: unknown } | null)?.trace_id;
  const issues = (details as { issues?: readonly { path: string; message: string }[] } | null)?.issues ?? [];
  const lines = [`frames: ${message}`];
  if (issues.length > 1)
    lines.push(...issues.map((issue) => `  ${issue.path || 'record'}: ${issue.message}`));
  if (typeof traceId === 'string' && !message.includes(traceId))
    lines.push(`  Trace id for the log: ${traceId}`);
  if (exitCode === 2) lines.push(`Run "frames ${command ? `${command} ` : ''}--help" for usage.`);
  return `${lines.map(oneLine).join('\n')}\n`;
}

function errorJson({ code, message, details }: ErrorReport, context: ProgramContext): string {
  const timestamp = new Date(context.now()).toISOString();
  return `${asJson({ error: { code, message, details, timestamp, request_id: context.requestId } })}\n`;
}
