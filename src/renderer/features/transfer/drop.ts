import type { FileHandle } from '#shared/shell/files.ts';
import { bridge } from '../../api/bridge.ts';
import { say } from '../../i18n/setup.ts';
import { notice } from '../../ui/notices.tsx';
import { isReadable, openFile } from './openFile.ts';

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
