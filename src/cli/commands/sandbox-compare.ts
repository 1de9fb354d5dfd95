import type { Carried, Comparison } from '#shared/contract/compare.ts';
import { differenceClasses } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { auditedTypes } from '#shared/domain/types.ts';
import { flag, leaveOut, list, maybeOneOf, needed, text, whole } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { dryResult, refusedCarrying } from '../dry.ts';
import { follow } from '../follow.ts';
import { carriedLines, carriedQuestion, followedLines } from '../output/carried.ts';
import { comparisonLines } from '../output/comparison.ts';
import { chosen, leftOut } from '../promoting.ts';
import { onLive, sandboxIn, withWorkspace } from '../workspace.ts';

const which = needed('ID', 'Which one: its id or name');
const conflicts = maybeOneOf(
  'SIDE',
  'What counts where Play and live changed the same (else it is refused)',
  ['play', 'live'],
);
const dry = flag('Only say what would happen');

export const sandboxDiff = command({
  path: ['sandbox', 'diff'],
  summary: 'Show what is different between live and a sandbox, and who changed it',
  details: [
    'Both are compared, record by record and field by field, with what live was when the sandbox was taken or refreshed.',
  ],
  examples: [
    'frames sandbox diff "What if" --workspace W',
    'frames sandbox diff ID --workspace W --class conflict --json',
  ],
  parameters: { id: which },
  options: {
    ...onLive,
    type: maybeOneOf('TYPE', 'Only records of this type', auditedTypes),
    class: maybeOneOf(
      'CLASS',
      'Only what Play or live changed, both, both the same, or in conflict',
      differenceClasses,
    ),
    search: text('TEXT', 'Only where the name or id contains this'),
    limit: whole('N', 'At most so many, 100 unless told', { min: 1, max: 1000, default: 100 }),
    offset: leaveOut,
  },
  async run(context, given) {
    const id = sandboxIn(context, given, given.id);
    const { limit, offset } = given;
    const asked = {
      id,
      types: given.type ? [given.type] : [],
      classes: given.class ? [given.class] : [],
      text: given.search ?? '',
      limit,
      offset,
    };
    const found = await withWorkspace(context, given, 'sandbox diff', async ({ client }) =>
      follow<Comparison>(await client.sandboxes.compare(asked, { signal: context.signal }), context.output),
    );
    context.output.result(found, () => comparisonLines(found, offset, context.output.width));
  },
});

export const sandboxPromote = command({
  path: ['sandbox', 'promote'],
  summary: 'Bring what was changed in a sandbox into live, as one change after a backup',
  details: [
    '--only takes a record by its id, or one field of it as ID#FIELD, and --except leaves one out; both may be given several times. "frames undo" takes all of it back. ' +
      'Where a record that Play deleted stays, so does what went with it, unless --only names it. ' +
      'A profile of a sandbox that has nothing in common with live, as one of golden, comes over only where --only names it. ' +
      'The sandbox stays as it is.',
  ],
  examples: [
    'frames sandbox promote "What if" --workspace W --dry',
    'frames sandbox promote ID --workspace W --only team_1 --only team_2#size --conflicts play --yes',
  ],
  parameters: { id: which },
  options: {
    ...onLive,
    only: list('REF', 'Only this record (ID) or field of one (ID#FIELD)'),
    except: list('ID', 'Not this record'),
    conflicts,
    dry,
    yes,
  },
  async run(context, given) {
    const id = sandboxIn(context, given, given.id);
    const done = await withWorkspace(context, given, 'sandbox promote', async (open) => {
      const only = given.only.length > 0 ? { only: await chosen(open, id, given.only) } : {};
      const except = await leftOut(open, id, given.except);
      const asked = { id, ...only, except, conflicts: given.conflicts ?? 'ask' } as const;
      return step(context, given, 'Promote', (more) =>
        open.client.sandboxes.promote({ ...asked, ...more }, { signal: context.signal }),
      );
    });
    say(context, done, 'Promote');
  },
});

export const sandboxRefresh = command({
  path: ['sandbox', 'refresh'],
  summary: 'Bring what was changed in live since then into a sandbox, as one change there',
  details: ['Afterwards only what was changed in the sandbox is different. Live stays as it is.'],
  examples: ['frames sandbox refresh "What if" --workspace W --conflicts play --yes'],
  parameters: { id: which },
  options: { ...onLive, conflicts, dry, yes },
  async run(context, given) {
    const id = sandboxIn(context, given, given.id);
    const chosen = { ...given, sandbox: id };
    const done = await withWorkspace(context, chosen, 'sandbox refresh', ({ client }) =>
      step(context, given, 'Refresh', (more) =>
        client.sandboxes.refresh(
          { id, conflicts: given.conflicts ?? 'ask', ...more },
          { signal: context.signal },
        ),
      ),
    );
    say(context, done, 'Refresh');
  },
});

function say({ output }: Context, done: Carried, word: 'Promote' | 'Refresh'): void {
  const lines = () => carriedLines(done, word);
  if (done.dry) dryResult(output, done, refusedCarrying(done), lines);
  else output.result(done, lines);
}

interface Given {
  dry: boolean;
  yes: boolean;
  id: string;
}
type Steps = AsyncIterable<Progress | { kind: 'result'; result: Carried }>;
type Seen = Pick<Carried, 'live' | 'play'>;

/** Looks what would be done, asks, and does just that. */
async function step(
  context: Context,
  { dry: only, yes: sure, id }: Given,
  word: 'Promote' | 'Refresh',
  run: (more: { dry: boolean; seen?: Seen }) => Promise<Steps>,
): Promise<Carried> {
  const would = await follow<Carried>(await run({ dry: true }), context.output);
  if (only) return would;
  const { live, play, records, problems, undecided } = would;
  const settled = problems.length === 0 && undecided.length === 0;
  const followed = followedLines(would, word === 'Promote' ? 'live' : 'Play');
  if (!sure && followed.length > 0) context.output.note(followed.join('\n'));
  if (settled && records.length > 0)
    await confirm(context, sure, `${word} ${id}: ${carriedQuestion(would)}?`);
  return follow<Carried>(await run({ dry: false, seen: { live, play } }), context.output);
}
