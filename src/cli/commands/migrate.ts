import { schemaStatus, migrateWorkspace } from '#core/workspace/migrate.ts';
import type { SchemaChange } from '#core/workspace/migrate.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import { needed, whole } from '../args/option.ts';
import { UsageError } from '../args/usage-error.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { pathOf } from '../files.ts';
import { workspaceLog } from '../log.ts';

const options = { workspace: needed('DIR', 'Folder of the workspace') };
const target = (fallback: string) =>
  whole('VERSION', `The schema to go to (${fallback} unless told)`, {
    min: 1,
    max: 1_000_000,
    default: undefined,
  });

export const migrateStatus = command({
  path: ['migrate', 'status'],
  summary: 'Show which schema the file of a workspace has',
  parameters: {},
  options,
  async run(context, given) {
    const status = schemaStatus(pathOf(context, given.workspace));
    context.output.result(status, () => [
      `The workspace has schema ${status.version}; this program works with ${status.newest}.`,
      ...status.steps.map(
        ({ version, name, applied }) =>
          `  ${applied ? '✓' : '·'} ${version} ${name}${applied ? '' : ' (to be applied)'}`,
      ),
    ]);
    return Promise.resolve();
  },
});

export const migrateUp = command({
  path: ['migrate', 'up'],
  summary: 'Bring the file of a workspace to a newer schema, after a copy',
  details: ['Every other command does this by itself when it opens an older workspace.'],
  parameters: {},
  options: { ...options, to: target('the newest') },
  async run(context, given) {
    const { version, newest } = schemaStatus(pathOf(context, given.workspace));
    const to = given.to ?? newest;
    if (to < version) throw wrongWay(to, version, 'up', 'forward');
    await change(context, given.workspace, to);
  },
});

export const migrateDown = command({
  path: ['migrate', 'down'],
  summary: 'Take the file of a workspace back to an older schema, after a copy',
  details: [
    'For going back to an older version of FRAMES. This program brings the file forward again when it next opens it.',
  ],
  parameters: {},
  options: { ...options, to: target('one before the present') },
  async run(context, given) {
    const { version } = schemaStatus(pathOf(context, given.workspace));
    const to = given.to ?? version - 1;
    if (to > version) throw wrongWay(to, version, 'down', 'back');
    await change(context, given.workspace, to);
  },
});

/** Who gives the wrong number must not find the workspace at the other end. */
function wrongWay(to: number, version: number, word: 'up' | 'down', way: string): UsageError {
  const message = `--to is ${to}, but the workspace has schema ${version}, and "frames migrate ${word}" only goes ${way}. Nothing was changed.`;
  return new UsageError(message, { argument: '--to', given: String(to) });
}

async function change(context: Context, workspace: string, to: number): Promise<void> {
  const folder = pathOf(context, workspace);
  const done = await migrateWorkspace({
    workspace: folder,
    target: to,
    clock: systemClock,
    ids: createIds(systemClock, systemRandom),
    log: workspaceLog(folder),
    holder: { kind: 'command', label: 'frames migrate' },
  });
  context.output.result(done, () => told(done));
}

/** The history still tells of what an older schema has no tables for, and an older version takes that for a loss. */
const older = [
  'An older version of FRAMES may know nothing of some things that the history tells of (saved views, places in the network, a new name',
  'of the workspace): its "frames verify" may call them missing. Nothing of it is lost: this version brings it back from the history.',
];

function told({ from, to, backup }: SchemaChange): string[] {
  if (backup === null) return [`The workspace already has schema ${to}.`];
  const done = `The workspace went from schema ${from} to ${to}. A copy of what it was is in backups/${backup}.`;
  return to < from ? [done, ...older] : [done];
}
