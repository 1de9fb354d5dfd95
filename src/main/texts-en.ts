import type { MenuRole } from '#shared/shell/menu.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** The few words that the shell itself shows, beside what the window's catalogue publishes as the menu. */
export const english = {
  opening: 'FRAMES is opening',
  importTitle: 'Import file',
  exportTitle: 'Export as',
  newTitle: 'Choose an empty folder for the new workspace',
  newButton: 'Make workspace here',
  openTitle: 'Choose the folder of a workspace',
  openButton: 'Open workspace',
  backupsTitle: 'Choose where the backups of this workspace shall lie',
  backupsButton: 'Keep backups here',
  pointTitle: 'Choose a folder in which backups lie',
  pointButton: 'Look here',
  importable: 'FRAMES data and spreadsheets',
  allFiles: 'All files',
  kinds: {
    json: 'FRAMES data as JSON',
    frames: 'FRAMES file, packed into one',
    csv: 'Table as text (CSV)',
    xlsx: 'Excel workbook',
    png: 'Picture (PNG)',
    svg: 'Drawing (SVG)',
    tgz: 'Copy for support',
  },
  stoppedTitle: 'FRAMES stopped',
  stopped:
    'Something went wrong in FRAMES itself, and it has to close. Your data is safe. What happened is in its log.',
  windowTitle: 'FRAMES',
  fileMenu: 'File',
  windowMenu: 'Window',
  windowStopped: 'The window stopped several times within a minute. Your data is safe. Start FRAMES again.',
} as const;

export type ShellTexts = Translation<typeof english> & {
  /** Names of what the system does by itself, where its own words are of another language: Electron has English ones only. */
  roles: Readonly<Partial<Record<MenuRole, string>>>;
};
