import type { FileHandle } from '#shared/shell/files.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { notice } from '../../ui/notices.tsx';
import { lookAt } from './import/run.ts';
import { leaveSheet, lookAtSheet, isImporting } from './sheet/run.ts';

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
