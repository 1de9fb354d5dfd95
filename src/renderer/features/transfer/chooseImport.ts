import { shell } from '../../api/shell.ts';
import { openFile } from './openFile.ts';

/** Asks for a file and looks at it; nothing happens when the person thinks better of it. */
export async function chooseImport(): Promise<void> {
  const file = await shell.chooseFile({ purpose: 'import' });
  if (file) await openFile(file);
}
