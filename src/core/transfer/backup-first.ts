import type { Services } from '../model/services.ts';
import { isEmpty } from './preview.ts';

/**
 * Whether a backup is made before an import. Unless anything is said one is made where there are records, and holds the workspace alone; who
 * asks for one has the file in it too. None is made in a sandbox, where undo is the way back. `before` counts the live records.
 */
export function wantsBackup(
  asked: boolean | undefined,
  { files }: Services,
  before: Record<string, number>,
): boolean {
  return files.target.kind === 'live' && (asked ?? !isEmpty(before));
}
