import { documentExtensions } from '#shared/domain/document-formats.ts';
import { dialog } from 'electron';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import type { FilePurpose } from '#shared/shell/contract.ts';
import { openableExtensions } from '#shared/shell/openings.ts';
import { saveFilters } from './save-filters.ts';
import { shellTexts } from './texts.ts';
import { basename, dirname } from 'node:path';
import type { WorkspaceChoice } from '#shared/shell/workspace.ts';
import { hasWorkspace, isEmptyOrMissing } from './workspace-folder.ts';
import { openIfOther } from './workspace-tools.ts';
import type { WorkspaceTools } from './workspace-tools.ts';

const openDialogs = {
  import: { title: 'importTitle', name: 'importable', extensions: openableExtensions },
  document: { title: 'attachTitle', name: 'attachable', extensions: documentExtensions },
  certificates: { title: 'certificatesTitle', name: 'certificates', extensions: ['pem', 'crt', 'cer'] },
} as const;

export async function askFileToOpen(
  window: BrowserWindow | null,
  purpose: FilePurpose,
): Promise<string | null> {
  const texts = shellTexts();
  const { title, name, extensions } = openDialogs[purpose];
  const options = {
    title: texts[title],
    properties: ['openFile' as const],
    filters: [
      { name: texts[name], extensions: [...extensions] },
      { name: texts.allFiles, extensions: ['*'] },
    ],
  };
  const answer = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const [path] = answer.filePaths;
  return answer.canceled || path === undefined ? null : path;
}

const toFileName = (suggested: string): string => suggested.replaceAll(/[/\\:\0]/g, '-');

export async function askFileToSave(window: BrowserWindow | null, suggested: string): Promise<string | null> {
  const options = {
    title: shellTexts().exportTitle,
    defaultPath: toFileName(suggested),
    filters: saveFilters(suggested),
    // Needed on Linux only; other systems' dialogs always ask.
    properties: ['showOverwriteConfirmation' as const],
  };
  const answer = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return answer.canceled || answer.filePath === '' ? null : answer.filePath;
}

/** Asks for a workspace and opens it. Refuses an unsuitable folder and keeps the current workspace open. */
export async function chooseWorkspace(
  tools: WorkspaceTools,
  which: 'new' | 'existing' | 'sample',
): Promise<WorkspaceChoice> {
  if (which === 'sample') return openIfOther(tools, tools.sample);
  const folder = await askWorkspaceFolder(tools, which);
  if (folder === null) return { outcome: 'cancelled' };
  const name = basename(folder);
  if (which === 'new' && !isEmptyOrMissing(folder)) return { outcome: 'refused', reason: 'not_empty', name };
  if (which === 'existing' && !hasWorkspace(folder)) {
    return { outcome: 'refused', reason: 'no_workspace', name };
  }
  const isSample = folder === tools.sample.workspace;
  return openIfOther(tools, isSample ? tools.sample : { workspace: folder, sample: false });
}

export const askNewFolder = (tools: WorkspaceTools): Promise<string | null> =>
  askWorkspaceFolder(tools, 'new');

export function askBackupsFolder(parent: BrowserWindow | null): Promise<string | null> {
  return askFolder(parent, {
    title: shellTexts().backupsTitle,
    buttonLabel: shellTexts().backupsButton,
    properties: ['openDirectory', 'createDirectory'],
  });
}

export function askFolderWithBackups(parent: BrowserWindow | null): Promise<string | null> {
  return askFolder(parent, {
    title: shellTexts().backupSearchTitle,
    buttonLabel: shellTexts().backupSearchButton,
    properties: ['openDirectory'],
  });
}

export function askRepositoryFolder(parent: BrowserWindow | null): Promise<string | null> {
  return askFolder(parent, {
    title: shellTexts().repositoryTitle,
    buttonLabel: shellTexts().repositoryButton,
    properties: ['openDirectory'],
  });
}

function askWorkspaceFolder(
  { window, currentTarget }: WorkspaceTools,
  which: 'new' | 'existing',
): Promise<string | null> {
  const isNew = which === 'new';
  const options: OpenDialogOptions = {
    title: isNew ? shellTexts().newTitle : shellTexts().openTitle,
    buttonLabel: isNew ? shellTexts().newButton : shellTexts().openButton,
    properties: isNew ? ['openDirectory', 'createDirectory', 'promptToCreate'] : ['openDirectory'],
    ...(isNew ? {} : { defaultPath: dirname(currentTarget().workspace) }),
  };
  return askFolder(window(), options);
}

async function askFolder(parent: BrowserWindow | null, options: OpenDialogOptions): Promise<string | null> {
  const { canceled, filePaths } = await (parent
    ? dialog.showOpenDialog(parent, options)
    : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}
