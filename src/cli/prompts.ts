import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { passphraseLengths } from '#shared/contract/backups.ts';
import { flag, oneOf } from './args/option.ts';
import type { Context } from './command.ts';
import { CommandFailure, UsageError } from './output/errors.ts';
import { oneLine } from './output/output.ts';

/** Option of every command that asks for confirmation. */
export const yesFlag = flag('Skip the confirmation prompt');

/**
 * Asks for confirmation of an action that is hard to undo. `isConfirmed` is the value of `--yes`. Throws UsageError without a terminal or
 * with --json, CANCELLED if the answer is no.
 */
export async function confirm(
  { ask, output }: Pick<Context, 'ask' | 'output'>,
  isConfirmed: boolean,
  question: string,
): Promise<void> {
  if (isConfirmed) return;
  if (!ask || output.json) {
    const message = `${question} Use --yes to confirm. Nothing was changed.`;
    throw new UsageError(message, { argument: '--yes' });
  }
  const answer = await ask(`${oneLine(question)} [y/N] `);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new CommandFailure('CANCELLED', 'Nothing was changed.', {});
}

/** Asks on the terminal, through stderr. `isHidden` shows nothing of the answer. Rejects if the signal is aborted. */
export async function askPerson(
  question: string,
  { signal, isHidden = false }: { signal: AbortSignal; isHidden?: boolean },
): Promise<string> {
  if (isHidden) process.stderr.write(question);
  const output = isHidden ? new Writable({ write: (_text, _encoding, done) => done() }) : process.stderr;
  const terminal = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await terminal.question(isHidden ? '' : question, { signal });
  } finally {
    terminal.close();
    if (isHidden) process.stderr.write('\n');
  }
}

const passphraseSources = ['stdin', 'env'] as const;
/** Minimum length of the passphrase of an existing file. */
export const anyLength = 1;

/** Option for the source of a passphrase, never for the passphrase itself, because arguments are visible to all users of the computer. */
export const passphraseOption = (summary: string) => oneOf('FROM', summary, passphraseSources);

/**
 * Reads the passphrase from the first line of standard input or FRAMES_PASSPHRASE; undefined without a source. Throws UsageError if the
 * passphrase cannot be read or its length is not allowed.
 */
export async function readPassphrase(
  { input, environment }: Pick<Context, 'input' | 'environment'>,
  source: (typeof passphraseSources)[number] | undefined,
  minLength: number = passphraseLengths.min,
): Promise<string | undefined> {
  if (source === undefined) return undefined;
  const argument = '--passphrase';
  if (source === 'stdin' && !input) {
    const message =
      'The terminal would show the passphrase. Pipe it to standard input instead. Nothing was changed.';
    throw new UsageError(message, { argument });
  }
  const passphrase =
    source === 'env' ? environment['FRAMES_PASSPHRASE'] : (await input?.())?.toString().split(/\r?\n/, 1)[0];
  const { max: maxLength } = passphraseLengths;
  const { length } = passphrase ?? '';
  if (length >= minLength && length <= maxLength) return passphrase;
  const sourceName = source === 'env' ? 'FRAMES_PASSPHRASE' : 'the first line of standard input';
  const message = `The passphrase must have ${minLength} to ${maxLength} characters; ${sourceName} has ${length}. Nothing was changed.`;
  throw new UsageError(message, { argument });
}
