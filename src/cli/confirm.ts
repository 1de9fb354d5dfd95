import { flag } from './args/option.ts';
import { UsageError } from './args/usage-error.ts';
import type { Context } from './command.ts';
import { Failed } from './output/errors.ts';
import { oneLine } from './output/table.ts';

/** The option of every command that asks before it does something. */
export const yes = flag('Do not ask');

/**
 * Has the person confirm what cannot simply be taken back; `given` is that of `--yes`. Throws UsageError where nobody can be asked, and
 * CANCELLED when the answer is no.
 */
export async function confirm(
  { ask, output }: Pick<Context, 'ask' | 'output'>,
  given: boolean,
  question: string,
): Promise<void> {
  if (given) return;
  if (!ask || output.json) {
    const message = `${question} Nobody can be asked here: say so with --yes. Nothing was changed.`;
    throw new UsageError(message, { argument: '--yes' });
  }
  const answer = await ask(`${oneLine(question)} [y/N] `);
  if (!/^\s*y(es)?\s*$/i.test(answer)) throw new Failed('CANCELLED', 'Nothing was changed.', {});
}
