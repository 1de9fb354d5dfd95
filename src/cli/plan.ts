import { Fault } from '#shared/contract/faults.ts';
import type { Context } from './command.ts';
import { printDryRun } from './output/differences.ts';
import type { Refusal } from './output/differences.ts';
import { confirm } from './prompts.ts';

interface PlanSteps<R> {
  run: (dry: boolean, preview?: R) => Promise<R>;
  refusal: (preview: R) => Refusal | null;
  lines: (result: R) => readonly string[];
  question: (preview: R) => string | null;
}

/** Previews a plan, asks, and applies exactly the preview. With `--dry-run`, only prints it. Throws the predicted refusal. */
export async function previewAndApply<R extends object>(
  context: Context,
  args: { 'dry-run': boolean; yes: boolean },
  steps: PlanSteps<R>,
): Promise<void> {
  const { output } = context;
  const { run, lines } = steps;
  const preview = await run(true);
  const refusal = steps.refusal(preview);
  if (args['dry-run']) return printDryRun(output, preview, refusal, () => lines(preview));
  if (refusal instanceof Fault) throw refusal;
  const question = refusal ? null : steps.question(preview);
  if (question !== null) {
    if (!args.yes) output.note(lines(preview));
    await confirm(context, args.yes, question);
  }
  const result = await run(false, preview);
  output.result(result, () => lines(result));
}
