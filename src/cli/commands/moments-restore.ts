import { Fault } from '#shared/contract/faults.ts';
import type { Restored } from '#shared/contract/moments.ts';
import { flag, list, needed } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import { confirm, yes } from '../confirm.ts';
import { dryResult, refusedFor } from '../dry.ts';
import { follow } from '../follow.ts';
import { carriedText } from '../output/carried.ts';
import { momentText, restoredLines } from '../output/moments.ts';
import { onWorkspace, withWorkspace } from '../workspace.ts';

export const momentsRestore = command({
  path: ['moments', 'restore'],
  summary: 'Make records what they were at a moment, as one new change',
  details: [
    'A record that was not there then is removed. What restored records refer to, and links that they had, come back too where they are ' +
      'gone, and with a university what went with it, unless --alone is given. What somebody deleted before that stays deleted, unless it ' +
      'is needed. "frames undo" takes all of it back.',
    '--all is for admins and makes a backup first. Who may act, the name of the workspace and its checkpoints stay.',
  ],
  examples: [
    'frames moments restore 2026-11-20T08:30 team_1 team_2 --workspace W --dry',
    'frames moments restore "Before the merger" --all --workspace W --yes',
  ],
  parameters: { at: needed('MOMENT', 'Which moment'), ids: list('ID', 'Which records') },
  options: {
    ...onWorkspace,
    all: flag('All of them'),
    alone: flag('Nothing but the records that are named'),
    dry: flag('Only say what would happen'),
    yes,
  },
  async run(context, given) {
    const { at, sandbox, workspace, actor, alone } = given;
    if (given.all === given.ids.length > 0)
      throw new UsageError('Name records by their ids, or give --all. Nothing was changed.', {
        argument: 'ID',
      });
    const asked = { at, ids: given.all ? null : [...given.ids], along: !alone };
    // The moment is what is asked for, not what is opened.
    const chosen = { workspace, actor, sandbox };
    const done = await withWorkspace(context, chosen, 'moments restore', async ({ client }) => {
      const { signal } = context;
      const run = async (more: { dry: boolean; seen?: Restored['head'] }): Promise<Restored> =>
        follow(await client.moments.restore({ ...asked, ...more }, { signal }), context.output);
      const would = await run({ dry: true });
      if (given.dry) return would;
      const unknown = unknownIn(would);
      if (unknown) throw unknown;
      if (would.problems.length === 0 && would.records.length > 0) {
        await confirm(context, given.yes, `Back to ${momentText(would.at)}: ${carriedText(would)}?`);
      }
      return run({ dry: false, seen: would.head });
    });
    const lines = () => restoredLines(done);
    if (done.dry) dryResult(context.output, done, unknownIn(done) ?? refusedFor(done.problems), lines);
    else context.output.result(done, lines);
  },
});

/** A name that is wrong is told, and nothing is done of the others: NOT_FOUND, or null. */
function unknownIn({ unknown: [first, ...more] }: Restored): Fault | null {
  if (first === undefined) return null;
  const others = more.length > 0 ? `, nor ${more.map((id) => `"${id}"`).join(', ')}` : '';
  const message = `There is and was no record "${first}"${others}. Nothing was changed.`;
  return new Fault('NOT_FOUND', message, { type: 'record', id: first });
}
