import { existsSync } from 'node:fs';
import { ORPCError } from '@orpc/server';
import { shell } from 'electron';
import { chosenToSave } from './choose-file.ts';
import { askBackupsFolder, askFolderOfBackups, chooseWorkspace } from './choose-workspace.ts';
import { withEnding } from './save-filters.ts';
import { shellOperations } from './shell-tools.ts';
import type { ShellTools } from './shell-tools.ts';
import { forgetRecent, openRecent, turnTo } from './workspace-tools.ts';

/** What the shell does with workspaces as a whole: opens others and turns to parts of them, and has done what nobody may have them open for. */
export function workspaceOperations(tools: ShellTools) {
  const on = shellOperations.workspace;
  return {
    choose: on.choose.handler(async ({ input }) => {
      const before = tools.workspace.current().workspace;
      const choice = await chooseWorkspace(tools.workspace, input.which);
      const path = input.file === undefined ? undefined : tools.grants.pathOf(input.file);
      const isOther = tools.workspace.current().workspace !== before;
      if (isOther && path !== undefined) tools.bringAlong(path);
      return choice;
    }),
    openRecent: on.openRecent.handler(({ input }) => openRecent(tools.workspace, input.id)),
    turn: on.turn.handler(({ input }) => turnTo(tools.workspace, input, input.link)),
    restore: on.restore.handler(({ input, context }) =>
      begun(tools.restore({ what: 'restore', ...input }, context.workspace)),
    ),
    pointToBackups: on.pointToBackups.handler(async () => {
      const folder = await askFolderOfBackups(tools.window());
      if (folder !== null) tools.pointToBackups(folder);
      return folder !== null;
    }),
    salvage: on.salvage.handler(({ input, context }) =>
      begun(tools.restore({ what: 'salvage', ...input }, context.workspace)),
    ),
    accept: on.accept.handler(({ input, context }) =>
      begun(tools.restore({ what: 'accept', ...input }, context.workspace)),
    ),
    setLogAside: on.setLogAside.handler(({ input, context }) =>
      begun(tools.restore({ what: 'aside', ...input }, context.workspace)),
    ),
    reset: on.reset.handler(({ input, context }) =>
      begun(tools.restore({ what: 'reset', ...input }, context.workspace)),
    ),
    vacuum: on.vacuum.handler(({ input, context }) =>
      begun(tools.restore({ what: 'vacuum', ...input }, context.workspace)),
    ),
    placeBackups: on.placeBackups.handler(async ({ input: { usual, actor }, context }) => {
      const into = usual ? null : await askBackupsFolder(tools.window());
      if (!usual && into === null) return false;
      begun(tools.restore({ what: 'place', into, actor }, context.workspace));
      return true;
    }),
    cancelRestore: on.cancelRestore.handler(() => (tools.cancelRestore(), {})),
    supportCopy: on.supportCopy.handler(async ({ input }) => {
      const chosen = await chosenToSave(tools.window(), input.suggested);
      if (chosen === null) return { path: null, problem: null };
      const path = withEnding(chosen, input.suggested);
      return { path, problem: (await tools.errand({ kind: 'supportCopy', path })).problem };
    }),
    lookAtSalvage: on.lookAtSalvage.handler(async ({ input }) => {
      const { problem, sandbox } = await tools.errand({ kind: 'look', name: input.name });
      if (sandbox !== null) turnTo(tools.workspace, { sandbox }, undefined);
      return { problem };
    }),
    forgetRecent: on.forgetRecent.handler(({ input }) => (forgetRecent(tools.workspace, input.id), {})),
    reveal: on.reveal.handler(async () => {
      await shell.openPath(tools.workspace.current().workspace);
      return {};
    }),
    revealBackups: on.revealBackups.handler(async () => {
      const folder = tools.backups();
      return folder !== null && existsSync(folder) && (await shell.openPath(folder)) === '';
    }),
  };
}

/** What was ordered goes on. Throws BUSY where it was not begun: something else goes on, or the records are not open in that page any more. */
function begun(isBegun: boolean): Record<string, never> {
  if (isBegun) return {};
  const message = 'Something else is under way, or the records were opened meanwhile. Nothing was changed.';
  throw new ORPCError('BUSY', { status: 503, message, data: { holder: null } });
}
