import type { FileHandle } from '#shared/shell/files.ts';
import { say } from '../../i18n/setup.ts';
import { notice } from '../../ui/notices.tsx';
import { lookAt } from './import/run.ts';
import { leaveSheet, lookAtSheet, isImporting } from './sheet/run.ts';

/** What spreadsheet programs write; an old .xls is among them, to be told what to do with it. */
const sheets = /\.(csv|tsv|tab|txt|xlsx|xlsm|xls)$/i;
const ours = /\.(json|frames)$/i;

export const isReadable = (name: string): boolean => sheets.test(name) || ours.test(name);

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
  leaveSheet();
  await lookAt(file);
}
