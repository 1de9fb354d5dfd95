import { say } from '../../i18n/setup.ts';

const known = [
  'asked',
  'import',
  'migrate',
  'promote',
  'restore',
  'reset',
  'moment',
  'daily',
  'vacuum',
  'update',
] as const;

/** Why a backup was made, as it is read; a reason of a newer version is a backup all the same. */
export function reasonText(reason: string): string {
  return say(`backups:reason.${known.find((one) => one === reason) ?? 'other'}`);
}
