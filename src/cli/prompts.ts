import { createInterface } from 'node:readline/promises';
import { passphraseLengths } from '#shared/contract/backups.ts';
import { flag, oneOf } from './args/option.ts';
import type { Context } from './command.ts';
import { Failed, UsageError } from './output/errors.ts';
import { oneLine } from './output/output.ts';

/** The option of every command that asks before it does something. */
export const yes = flag('Skip the confirmation prompt');

/**
 * Asks for confirmation of what cannot simply be undone; `given` is that of `--yes`. Throws UsageError where nobody can be asked, and
 * CANCELLED when the answer is no.
 */
export async function confirm(
  { ask, output }: Pick<Context, 'ask' | 'output'>,
  given: boolean,
  question: string,
): Promise<void> {
  if (given) return;
  if (!ask || output.json) {
    const message = `${question} Use --yes to confirm. Nothing was changed.`;
    throw new UsageError(message, { argument: '--yes' });
  }
  const answer = await ask(`${oneLine(question)} [y/N] `);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new Failed('CANCELLED', 'Nothing was changed.', {});
}

/** Asks on the terminal, on stderr. Rejects when the signal is raised. */
export async function askPerson(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question, { signal });
  } finally {
    terminal.close();
  }
}

const sources = ['stdin', 'env'] as const;

/** An option that says where a passphrase comes from. It is never an argument: those are seen by everybody on the machine. */
export const passphraseFrom = (summary: string) => oneOf('FROM', summary, sources);

/**
 * The passphrase: the first line of standard input, or FRAMES_PASSPHRASE; undefined where none is wanted. Throws UsageError where it is
 * missing, or not as long as it must be.
 */
export async function readPassphrase(
  { input, environment }: Pick<Context, 'input' | 'environment'>,
  from: (typeof sources)[number] | undefined,
  least: number = passphraseLengths.least,
): Promise<string | undefined> {
  if (from === undefined) return undefined;
  const argument = '--passphrase';
  if (from === 'stdin' && !input) {
    const message =
      'The terminal would show the passphrase. Pipe it to standard input instead. Nothing was changed.';
    throw new UsageError(message, { argument });
  }
  const given =
    from === 'env' ? environment['FRAMES_PASSPHRASE'] : (await input?.())?.toString().split(/\r?\n/, 1)[0];
  const { most } = passphraseLengths;
  const { length } = given ?? '';
  if (length >= least && length <= most) return given;
  const where = from === 'env' ? 'FRAMES_PASSPHRASE' : 'the first line of standard input';
  const message = `The passphrase must have ${least} to ${most} characters; ${where} has ${length}. Nothing was changed.`;
  throw new UsageError(message, { argument });
}
