import { undecided } from '#core/compare/moved.ts';
import { inTheWay } from '#core/compare/problems.ts';
import type { Carried } from '#shared/contract/compare.ts';
import type { Issue } from '#shared/contract/faults.ts';
import { Failed } from './output/errors.ts';
import type { Output } from './output/output.ts';

/** What a call would be refused with, as the call itself would say it. */
interface Refusal {
  code: string;
  message: string;
}

/** What would be refused for problems that a dry run lists; null where there are none. */
export function refusedFor(problems: readonly Issue[]): Refusal | null {
  const [first] = problems;
  if (first === undefined) return null;
  // One without a path is the refusal as a whole.
  if (first.path === '') return { code: first.code.toUpperCase(), message: first.message };
  return inTheWay(problems);
}

/** What carrying over would be refused with, as a dry run of it says. */
export const refusedCarrying = ({ undecided: open, problems }: Carried): Refusal | null =>
  open.length > 0 ? undecided(open) : refusedFor(problems);

/**
 * The result of a dry run, with `would_be_refused`; where the call itself would be refused, people read that in the first line. Throws Failed
 * with the code of that refusal then, so that a dry run ends as the call itself would.
 */
export function dryResult(
  output: Output,
  found: object,
  refused: Refusal | null,
  lines: () => readonly string[],
): void {
  const would_be_refused = refused && { code: refused.code, message: refused.message };
  const first = `Would be refused: ${refused?.message ?? ''}`;
  output.result({ ...found, would_be_refused }, () => [...(refused ? [first] : []), ...lines()]);
  if (refused) throw new Failed(refused.code, first, { dry: true });
}
