import type { Progress } from '#shared/contract/progress.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { Context } from './command.ts';
import { dryResult } from './output/differences.ts';
import type { Refusal } from './output/differences.ts';
import { confirm } from './prompts.ts';
import { follow } from './workspace.ts';

interface Planned<R> {
  run: (dry: boolean, preview?: R) => Promise<AsyncIterable<Progress | { kind: 'result'; result: R }>>;
  refusal: (preview: R) => Refusal | null;
  lines: (result: R) => readonly string[];
  /** What is asked first; null where nothing would be done. */
  question: (preview: R) => string | null;
}

/** Previews a plan, asks, and applies just what was previewed; with `--dry-run` it is only shown. */
export async function previewAndApply<R extends object>(
  context: Context,
  given: { 'dry-run': boolean; yes: boolean },
  { run, refusal: refusalOf, lines, question: questionOf }: Planned<R>,
): Promise<void> {
  const { output } = context;
  const preview = await follow(await run(true), output);
  const refusal = refusalOf(preview);
  if (given['dry-run']) return dryResult(output, preview, refusal, () => lines(preview));
  if (refusal instanceof Fault) throw refusal;
  const question = refusal ? null : questionOf(preview);
  if (question !== null) {
    if (!given.yes) output.note(lines(preview));
    await confirm(context, given.yes, question);
  }
  const done = await follow(await run(false, preview), output);
  output.result(done, () => lines(done));
}
