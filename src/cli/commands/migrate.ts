import { migrateSandboxesBack, migrateWorkspace, schemaStatus } from '#core/workspace/migrate.ts';
import type { SchemaChange } from '#core/workspace/migrate.ts';
import { wholeNumber } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { UsageError } from '../output/errors.ts';
import { resultLines } from '../output/result.ts';
import { liveOptions, resolvePath, withClosedWorkspace } from '../workspace.ts';

const workspaceOption = { workspace: liveOptions.workspace };
const targetOption = (defaultText: string) =>
  wholeNumber('VERSION', `Target schema (default: ${defaultText})`, { min: 1, max: 1_000_000 });

export const migrateStatus = command({
  path: ['migrate', 'status'],
  summary: 'Show the schema version of the workspace file',
  parameters: {},
  options: workspaceOption,
  async run(context, args) {
    const status = schemaStatus(resolvePath(context, args.workspace));
    context.output.result(status, () => resultLines(undefined, status, context.output.width));
    return Promise.resolve();
  },
});

export const migrateUp = command({
  path: ['migrate', 'up'],
  summary: 'Update the workspace file to a newer schema',
  details: ['Makes a copy first. Other commands do this automatically when they open an older workspace.'],
  parameters: {},
  options: { ...workspaceOption, to: targetOption('the newest') },
  async run(context, args) {
    const { version, newest } = schemaStatus(resolvePath(context, args.workspace));
    const to = args.to ?? newest;
    if (to < version) throw wrongDirection(to, version, 'up', 'forward');
    await migrateTo(context, args.workspace, to);
  },
});

export const migrateDown = command({
  path: ['migrate', 'down'],
  summary: 'Convert the workspace file to an older schema',
  details: [
    'Use this before going back to an older version of FRAMES. Makes a copy first. Sandboxes get the older schema too. This version updates the files again when it next opens them.',
  ],
  parameters: {},
  options: { ...workspaceOption, to: targetOption('the previous one') },
  async run(context, args) {
    const { version } = schemaStatus(resolvePath(context, args.workspace));
    const to = args.to ?? version - 1;
    if (to > version) throw wrongDirection(to, version, 'down', 'back');
    await migrateTo(context, args.workspace, to);
  },
});

function wrongDirection(to: number, version: number, verb: 'up' | 'down', direction: string): UsageError {
  const message = `The workspace has schema ${version}; "frames migrate ${verb}" only goes ${direction}, not to ${to}. Nothing was changed.`;
  return new UsageError(message, { argument: '--to', given: String(to) });
}

async function migrateTo(context: Context, workspace: string, target: number): Promise<void> {
  const result = await withClosedWorkspace(context, { workspace }, 'migrate', async (parts) => {
    const options = { ...parts, workspace: parts.folder, target };
    // Before the workspace: if a sandbox is open elsewhere, the workspace stays as it is.
    await migrateSandboxesBack(options);
    return migrateWorkspace(options);
  });
  context.output.result(result, () => changeLines(result));
}

const olderNotice =
  'An older "frames verify" may report newer items, such as saved views, as missing; they stay in the history.';

function changeLines({ from, to, backup }: SchemaChange): string[] {
  if (backup === null) return [`The workspace already has schema ${to}.`];
  const migratedText = `Migrated the workspace from schema ${from} to ${to}. Backup made first: backups/${backup}.`;
  return to < from ? [migratedText, olderNotice] : [migratedText];
}
