import type { FaultData } from '#shared/contract/faults.ts';
import type { FileReason } from '#shared/contract/reasons.ts';
import { say } from '../i18n/setup.ts';
import { coreText } from './core.ts';

/** The problem of a file, and its position. */
export function fileText({ reason, line, path }: FaultData<'BAD_FILE'>, message: string): string {
  const where =
    line !== null ? say('faults:fileAt', { line }) : path !== null ? say('faults:filePath', { path }) : '';
  return [coreText('file', reason, message), where].filter((part) => part !== '').join(' ');
}

/** Reasons why a file could not be written. */
const unwritable: ReadonlySet<string> = new Set<FileReason>([
  'unwritable',
  'no_folder',
  'there',
  'encrypted_there',
  'of_workspace',
]);

/** The text group of a refused file. */
export function fileTexts({ reason }: Pick<FaultData<'BAD_FILE'>, 'reason'>) {
  if (reason === 'own_file') return 'faults:ownFile' as const;
  return unwritable.has(reason) ? ('faults:target' as const) : ('faults:BAD_FILE' as const);
}
