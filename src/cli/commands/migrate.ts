import { schemaStatus, migrateWorkspace } from '#core/workspace/migrate.ts';
import type { SchemaChange } from '#core/workspace/migrate.ts';
import { whole } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../output/errors.ts';
import { onLive, pathOf, withClosed } from '../workspace.ts';

const options = { workspace: onLive.workspace };
const target = (fallback: string) =>
  whole('VERSION', `Target schema (default: ${fallback})`, { min: 1, max: 1_000_000 });

export const migrateStatus = command({
  path: ['migrate', 'status'],
  summary: 'Show the schema version of the workspace file',
  parameters: {},
  options,
  async run(context, given) {
    const status = schemaStatus(pathOf(context, given.workspace));
    context.output.result(status, () => [
      `The workspace has schema ${status.version}; FRAMES needs ${status.newest}.`,
      ...status.steps.map(
        ({ version, name, applied }) =>
          `  ${applied ? '✓' : '·'} ${version} ${name}${applied ? '' : ' (pending)'}`,
      ),
    ]);
    return Promise.resolve();
  },
});

export const migrateUp = command({
  path: ['migrate', 'up'],
  summary: 'Update the workspace file to a newer schema',
  details: ['Makes a copy first. Other commands do this automatically when they open an older workspace.'],
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
  summary: 'Convert the workspace file to an older schema',
  details: [
    'Use this before going back to an older version of FRAMES. Makes a copy first. This version updates the file again when it next opens it.',
  ],
  parameters: {},
  options: { ...options, to: target('the previous one') },
  async run(context, given) {
    const { version } = schemaStatus(pathOf(context, given.workspace));
    const to = given.to ?? version - 1;
    if (to > version) throw wrongWay(to, version, 'down', 'back');
    await change(context, given.workspace, to);
  },
});

function wrongWay(to: number, version: number, word: 'up' | 'down', way: string): UsageError {
  const message = `The workspace has schema ${version}; "frames migrate ${word}" only goes ${way}, not to ${to}. Nothing was changed.`;
  return new UsageError(message, { argument: '--to', given: String(to) });
}

async function change(context: Context, workspace: string, target: number): Promise<void> {
  const done = await withClosed(context, { workspace }, 'migrate', (parts) =>
    migrateWorkspace({ ...parts, workspace: parts.folder, target }),
  );
  context.output.result(done, () => changeLines(done));
}

const older =
  'An older "frames verify" may report newer items, such as saved views, as missing; they stay in the history.';

function changeLines({ from, to, backup }: SchemaChange): string[] {
  if (backup === null) return [`The workspace already has schema ${to}.`];
  const done = `Migrated the workspace from schema ${from} to ${to}. Backup made first: backups/${backup}.`;
  return to < from ? [done, older] : [done];
}
