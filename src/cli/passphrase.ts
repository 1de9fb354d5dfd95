import { passphraseLengths } from '#shared/contract/backups.ts';
import { maybeOneOf } from './args/option.ts';
import { UsageError } from './args/usage-error.ts';
import type { Context } from './command.ts';

type From = 'stdin' | 'env';

/** An option that says where a passphrase comes from. It is never an argument: those are seen by everybody on the machine. */
export const passphraseFrom = (summary: string) => maybeOneOf<From>('FROM', summary, ['stdin', 'env']);

/**
 * The passphrase: the first line of standard input, or FRAMES_PASSPHRASE; undefined where none is wanted. Throws UsageError where it is not
 * there, or not as long as it must be.
 */
export async function passphraseOf(
  { input, environment }: Pick<Context, 'input' | 'environment'>,
  from: From | undefined,
  least: number = passphraseLengths.least,
): Promise<string | undefined> {
  if (from === undefined) return undefined;
  const argument = '--passphrase';
  if (from === 'stdin' && !input) {
    const message =
      'Standard input is a terminal, which would show the passphrase: pipe it in. Nothing was changed.';
    throw new UsageError(message, { argument });
  }
  const given = from === 'env' ? environment['FRAMES_PASSPHRASE'] : (await input?.())?.split(/\r?\n/, 1)[0];
  const { most } = passphraseLengths;
  const { length } = given ?? '';
  if (length >= least && length <= most) return given;
  const where = from === 'env' ? 'FRAMES_PASSPHRASE' : 'the first line of standard input';
  const message = `The passphrase must have ${least} to ${most} characters; ${where} has ${length}. Nothing was changed.`;
  throw new UsageError(message, { argument });
}
