import { schemaStatus, migrateWorkspace } from '#core/workspace/migrate.ts';
import type { SchemaChange } from '#core/workspace/migrate.ts';
import { whole } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../output/errors.ts';
import { onLive, pathOf, withClosed } from '../workspace.ts';

const options = { workspace: onLive.workspace };
const target = (fallback: string) =>
  whole('VERSION', `The schema to go to (default ${fallback})`, { min: 1, max: 1_000_000 });

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

function wrongWay(to: number, version: number, word: 'up' | 'down', way: string): UsageError {
  const message = `--to is ${to}, but the workspace has schema ${version}, and "frames migrate ${word}" only goes ${way}. Nothing was changed.`;
  return new UsageError(message, { argument: '--to', given: String(to) });
}

async function change(context: Context, workspace: string, target: number): Promise<void> {
  const done = await withClosed(context, { workspace }, 'migrate', (parts) =>
    migrateWorkspace({ ...parts, workspace: parts.folder, target }),
  );
  context.output.result(done, () => changeLines(done));
}

const older =
  'Its "frames verify" may report things as missing that only a newer version knows, as saved views: they stay in the history.';

function changeLines({ from, to, backup }: SchemaChange): string[] {
  if (backup === null) return [`The workspace already has schema ${to}.`];
  const done = `The workspace went from schema ${from} to ${to}. A copy of what it was is in backups/${backup}.`;
  return to < from ? [done, older] : [done];
}
