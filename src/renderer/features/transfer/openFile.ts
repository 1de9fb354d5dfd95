import type { FileHandle } from '#shared/shell/files.ts';
import { bridge } from '../../api/bridge.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { notice } from '../../ui/notices.tsx';
import { lookAt } from './import/run.ts';
import { isImporting, leaveSheet, lookAtSheet } from './sheet/run.ts';

/** What spreadsheet programs write; an old .xls is among them, to be told what to do with it. */
const sheets = /\.(csv|tsv|tab|txt|xlsx|xlsm|xls)$/i;
const ours = /\.(json|frames)$/i;

export const isReadable = (name: string): boolean => sheets.test(name) || ours.test(name);

type Open = (file: FileHandle) => Promise<void>;
let openBackup: Open | null = null;

/** Says what is done with a file that is a backup. Returns what ends that. */
export function handleBackupFiles(open: Open): () => void {
  openBackup = open;
  return () => (openBackup = null);
}

/** Looks at a chosen or dropped file, as what its name says it is. */
export async function openFile(file: FileHandle): Promise<void> {
  if (isImporting()) {
    notice({ title: say('transfer:drop.busy'), more: say('transfer:drop.busyMore') });
    return;
  }
  if (sheets.test(file.name)) {
    await lookAtSheet(file);
    return;
  }
  if (openBackup && (await isBackup(file))) {
    await openBackup(file);
    return;
  }
  leaveSheet();
  await lookAt(file);
}

/** Whether a file is a backup, or encrypted as only backups are. What is wrong with any other, importing says. */
async function isBackup({ grant, name }: FileHandle): Promise<boolean> {
  if (!/\.frames$/i.test(name)) return false;
  const found = await api.backups.recognize({ grant }).catch(() => null);
  return found?.kind === 'backup' || found?.kind === 'encrypted';
}

/** Asks for a file and looks at it; nothing happens when the person thinks better of it. */
export async function chooseImport(): Promise<void> {
  const file = await shell.chooseFile({ purpose: 'import' });
  if (file) await openFile(file);
}

interface Named {
  name: string;
}

/** The one file of a drop that may be looked at, or what is said instead. */
export function chosenOf<F extends Named>(
  files: readonly F[],
): { file: F } | { title: string; more: string } | null {
  const [file] = files;
  if (!file) return null;
  if (files.length > 1)
    return { title: say('transfer:drop.several'), more: say('transfer:drop.severalMore') };
  if (isReadable(file.name)) return { file };
  return { title: say('transfer:drop.notJson', { name: file.name }), more: say('transfer:drop.notJsonMore') };
}

/** Looks at a file that was handed to the program, or says why not. */
export async function openHandle(handle: FileHandle): Promise<void> {
  const chosen = chosenOf([handle]);
  if (chosen && 'file' in chosen) await openFile(handle);
  else if (chosen) notice(chosen);
}

/** Looks at what was dropped, or says why not. */
export async function dropped(files: readonly File[]): Promise<void> {
  const chosen = chosenOf(files);
  if (!chosen) return;
  if (!('file' in chosen)) {
    notice(chosen);
    return;
  }
  const { file } = chosen;
  const handle = await bridge.grantDropped(file).catch(() => null);
  if (handle) await openHandle(handle);
  else {
    notice({
      title: say('transfer:drop.unreadable', { name: file.name }),
      more: say('transfer:drop.unreadableMore'),
    });
  }
}
