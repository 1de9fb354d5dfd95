import { isTableName, unencryptedName } from '#shared/domain/formats.ts';
import { isOpenable } from '#shared/shell/openings.ts';
import type { FileHandle } from '#shared/shell/files.ts';
import { atStart } from '../../api/window-state.ts';
import { bridge } from '../../api/bridge.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { notice, reportErrors } from '../../ui/notices.tsx';
import { captureRepair, isCaptured } from '../repairs/capture.ts';
import { reportIfBusy, previewFile } from './run.ts';

/** Encrypted files are accepted too, so that the import can explain what to do. */
const isReadable = (name: string): boolean =>
  isTableName(unencryptedName(name)) || isOpenable(unencryptedName(name));

type FileOpener = (file: FileHandle) => Promise<void>;
let backupHandler: FileOpener | null;
atStart(() => (backupHandler = null));

export function setBackupHandler(open: FileOpener): () => void {
  backupHandler = open;
  return () => (backupHandler = null);
}

/** Opens a backup with its handler, and previews any other file. Reports errors. */
export async function openFile(file: FileHandle): Promise<void> {
  if (reportIfBusy()) return;
  await reportErrors(async () => {
    if (backupHandler && (await isBackup(file))) await backupHandler(file);
    else await previewFile(file);
  });
}

/** Whether a `.frames` file is a backup. Encrypted ones are always backups. */
async function isBackup({ grant, name }: FileHandle): Promise<boolean> {
  if (!/\.frames$/i.test(name)) return false;
  const { kind } = await api.backups.recognize({ grant });
  return kind === 'backup' || kind === 'encrypted';
}

export async function chooseImport(): Promise<void> {
  const file = await shell.chooseFile({ purpose: 'import' });
  if (file) await openFile(file);
}

/** Previews a file handed to the program, or reports why that is not possible. */
export async function previewHandle(handle: FileHandle): Promise<void> {
  const { name } = handle;
  if (isCaptured(name)) await captureRepair({ kind: 'file', grant: handle.grant }, name);
  else if (isReadable(name)) await openFile(handle);
  else notice({ title: say('transfer:drop.notJson', { name }), more: say('transfer:start.what') });
}

/** Previews a dropped file, or reports why that is not possible. */
export async function previewDropped(files: readonly File[]): Promise<void> {
  const [file] = files;
  if (!file) return;
  if (files.length > 1) {
    notice({ title: say('transfer:drop.several') });
    return;
  }
  const handle = await bridge.grantDropped(file).catch(() => null);
  if (handle) await previewHandle(handle);
  else notice({ title: say('transfer:drop.unreadable', { name: file.name }) });
}
