import { say } from '../../i18n/setup.ts';

const knownReasons = [
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

/** Words for a backup's reason; unknown ones of newer versions are "backup". */
export function reasonText(reason: string): string {
  return say(`backups:reason.${knownReasons.find((one) => one === reason) ?? 'other'}`);
}
