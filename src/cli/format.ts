import { sumOf } from '#shared/domain/counts.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import typeNouns from '#shared/texts/en/type-nouns.ts';
import { fieldNames } from '#shared/texts/field-names.ts';

const nounsOf = (type: string): readonly [string, string] =>
  Object.hasOwn(typeNouns, type) ? typeNouns[type as AuditedType] : [type, type];

export function typeNoun(type: string): string {
  return nounsOf(type)[0];
}

/** "1 team", "6,000 teams". */
export function typeCountPhrase(count: number, type: AuditedType): string {
  return countPhrase(count, ...nounsOf(type));
}

/** A number with its noun: "no changes", "1 change", "2,000 changes". */
export function countPhrase(count: number, singular: string, plural = `${singular}s`): string {
  if (count === 0) return `no ${plural}`;
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}

const typeByTable = new Map<string, AuditedType>(auditedTypes.map((type) => [tableOf[type], type]));

/** Formats counts by table: "8 teams, 3 projects". Omits types without records. */
export function countsLine(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([table, count]) => {
      const type = typeByTable.get(table);
      return type ? typeCountPhrase(count, type) : `${count.toLocaleString('en-US')} ${table}`;
    });
  return parts.length > 0 ? parts.join(', ') : 'no records';
}

interface Dependants {
  links: number;
  contents: Record<string, number>;
}

/** Formats hidden or restored dependants: "2 teams and 3 interfaces"; '' for none. */
export const dependantsText = ({ links, contents }: Dependants): string =>
  [
    ...(sumOf(contents) > 0 ? [countsLine(contents)] : []),
    ...(links > 0 ? [typeCountPhrase(links, 'interface')] : []),
  ].join(' and ');

/** ", which hides 2 teams and empties 3 references"; '' for none. */
export function hiddenText(hidden: Dependants & { references: number }): string {
  const dependants = dependantsText(hidden);
  const parts = [
    ...(dependants === '' ? [] : [`hides ${dependants}`]),
    ...(hidden.references > 0 ? [`empties ${countPhrase(hidden.references, 'reference')}`] : []),
  ];
  return parts.length > 0 ? `, which ${parts.join(' and ')}` : '';
}

export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const fieldLabels: Readonly<Record<string, string>> = {
  ...fieldNames,
  id: 'ID',
  bytes: 'Size',
  reach: 'Knowledge flow',
  wal: 'WAL',
  free_bytes: 'Free in the file',
};

/** Display name of a field, as in the window: "university_id" becomes "University". */
export function labelOf(field: string): string {
  if (Object.hasOwn(fieldLabels, field)) return fieldLabels[field] ?? field;
  const words = field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return capitalise(
    words.replace(/_id$/, '').replace(/^is_/, '').replaceAll('_', ' ').replaceAll('interface', 'link'),
  );
}

export const isTimestamp = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value);

/** Formats an ISO 8601 time to the second, in UTC: "2026-11-20 08:30:12". */
export function formatTime(time: string): string {
  return time.slice(0, 19).replace('T', ' ');
}

/** Formats a size with a unit: "812 bytes", "4.6 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 1 : 0 })} ${units[power - 1]}`;
}

/** Formats a share in percent, without the sign; one decimal below 10. */
export const percentNumber = (share: number): string => {
  const value = 100 * share;
  return value.toFixed(Math.abs(value) < 9.95 ? 1 : 0);
};

export const formatPercent = (share: number): string => `${percentNumber(share)} %`;
