import { basename, dirname } from 'node:path';
import { dialog } from 'electron';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import type { WorkspaceChoice } from '#shared/shell/workspace.ts';
import { texts } from './texts.ts';
import { holdsWorkspace, isFree } from './workspace-folder.ts';
import { opened } from './workspace-tools.ts';
import type { WorkspaceTools } from './workspace-tools.ts';

/** Lets the person choose a workspace, and opens it. A folder that will not do is refused, and nothing changes. */
export async function chooseWorkspace(
  tools: WorkspaceTools,
  which: 'new' | 'existing' | 'sample',
): Promise<WorkspaceChoice> {
  if (which === 'sample') return opened(tools, tools.sample);
  const folder = await ask(tools, which);
  if (folder === null) return { outcome: 'cancelled' };
  const name = basename(folder);
  if (which === 'new' && !isFree(folder)) return { outcome: 'refused', reason: 'not_empty', name };
  if (which === 'existing' && !holdsWorkspace(folder)) {
    return { outcome: 'refused', reason: 'no_workspace', name };
  }
  const isSample = folder === tools.sample.workspace;
  return opened(tools, isSample ? tools.sample : { workspace: folder, sample: false });
}

/** Asks for the folder in which backups shall lie. Null when the person cancels. */
export function askBackupsFolder(over: BrowserWindow | null): Promise<string | null> {
  return askFolder(over, {
    title: texts().backupsTitle,
    buttonLabel: texts().backupsButton,
    properties: ['openDirectory', 'createDirectory'],
  });
}

/** Asks for a folder in which backups lie already. Null when the person cancels. */
export function askFolderOfBackups(over: BrowserWindow | null): Promise<string | null> {
  return askFolder(over, {
    title: texts().pointTitle,
    buttonLabel: texts().pointButton,
    properties: ['openDirectory'],
  });
}

function ask({ window, current }: WorkspaceTools, which: 'new' | 'existing'): Promise<string | null> {
  const isNew = which === 'new';
  const options: OpenDialogOptions = {
    title: isNew ? texts().newTitle : texts().openTitle,
    buttonLabel: isNew ? texts().newButton : texts().openButton,
    properties: isNew ? ['openDirectory', 'createDirectory', 'promptToCreate'] : ['openDirectory'],
    ...(isNew ? {} : { defaultPath: dirname(current().workspace) }),
  };
  return askFolder(window(), options);
}

async function askFolder(over: BrowserWindow | null, options: OpenDialogOptions): Promise<string | null> {
  const { canceled, filePaths } = await (over
    ? dialog.showOpenDialog(over, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}
