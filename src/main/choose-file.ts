import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';
import { openableEndings } from '#shared/shell/openings.ts';
import { saveFilters } from './save-filters.ts';
import { texts } from './texts.ts';

/** Asks which file to import or open; null where the person gave it up. */
export async function chosenToOpen(window: BrowserWindow | null): Promise<string | null> {
  const options = {
    title: texts().importTitle,
    properties: ['openFile' as const],
    filters: [
      { name: texts().importable, extensions: [...openableEndings] },
      { name: texts().allFiles, extensions: ['*'] },
    ],
  };
  const chosen = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  const [path] = chosen.filePaths;
  return chosen.canceled || path === undefined ? null : path;
}

/** What a window suggests is a name and cannot choose a folder. */
const fileNameOnly = (suggested: string): string => suggested.replaceAll(/[/\\:\0]/g, '-');

/** Asks where to write a file of that name; null where the person gave it up. */
export async function chosenToSave(window: BrowserWindow | null, suggested: string): Promise<string | null> {
  const options = {
    title: texts().exportTitle,
    defaultPath: fileNameOnly(suggested),
    filters: saveFilters(suggested),
    // Elsewhere the system's dialog asks by itself.
    properties: ['showOverwriteConfirmation' as const],
  };
  const chosen = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}
