import { say } from '../i18n/setup.ts';
import { numberFormatter } from './formats.ts';

const units = ['kB', 'MB', 'GB'] as const;
const formatAmount = numberFormatter({ maximumSignificantDigits: 3 });

/** "812 bytes", "31.4 kB". A kB is 1000 bytes, as in file managers. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return say('common:bytes', { count: bytes });
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), units.length);
  return `${formatAmount(bytes / 1000 ** power)} ${units[power - 1]}`;
}
