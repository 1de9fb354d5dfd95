import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import type { UndoConflict } from '#shared/contract/fault-data.ts';
import type { Json } from '#shared/domain/json.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
import { isAuditedType } from '#shared/domain/types.ts';
import { describeLabel } from '#shared/texts/label-text.ts';
import { englishText } from '#shared/texts/label-words.ts';
import type { LabelWords } from '#shared/texts/label-words.ts';
import {
  countPhrase,
  typeCountPhrase,
  countsLine,
  typeNoun,
  capitalise,
  labelOf,
  formatTime,
} from '../format.ts';
import type { Column } from './table.ts';

type Params = Readonly<Record<string, unknown>>;

const verbs: Readonly<Record<string, string>> = {
  create: 'created',
  update: 'changed',
  delete: 'deleted',
  restore: 'restored',
};

const words: LabelWords = {
  say: (key, values) => englishText(key, values),
  records: (count) => countPhrase(count, 'record'),
  counted: (type, count) => (isAuditedType(type) ? typeCountPhrase(count, type) : countPhrase(count, type)),
  countAll: (counts) => (sumOf(counts) > 0 ? countsLine(counts) : ''),
  type: typeNoun,
  field: (key) => customNameOf(key) ?? labelOf(key),
  value: String,
  role: capitalise,
  time: formatTime,
  joinParts: (parts) => [parts.slice(0, -1).join(', '), parts.at(-1) ?? ''].filter(Boolean).join(' and '),
  quote: (name) => `“${name}”`,
};

export const labelText = (label: string, params: Params): string => describeLabel(label, params, words);

export const transactionText = ({ label, params }: AuditTransaction): string => labelText(label, params);

/** Names of the actor and agent. An unknown profile has no name, and its id would not help. */
export function actorName({ id, name, agent }: AuditTransaction['actor']): string {
  const person = name === '' || name === id ? 'unknown' : name;
  return agent === undefined ? person : `${agent} for ${person}`;
}

export const transactionColumns: readonly Column<AuditTransaction>[] = [
  { title: 'ID', align: 'right', cell: ({ id }) => String(id) },
  { title: 'When (UTC)', cell: ({ created_at }) => formatTime(created_at) },
  { title: 'Who', cell: ({ actor }) => actorName(actor) },
  { title: 'What', cell: transactionText },
  { title: 'Changes', align: 'right', cell: ({ changes }) => changes.toLocaleString('en-US') },
  { title: 'State', cell: ({ undone }) => (undone ? 'undone' : '') },
];

/** Formats a value of a change; text is quoted. Absent differs from null. */
export const formatValue = (value: Json | undefined): string =>
  value === undefined ? '(none)' : JSON.stringify(value);

/** Formats a change: a line for the record, and a line per field of an update. */
export function changeLines({ action, type, entity_id, title, before, after }: AuditChange): string[] {
  const recordLine = `${verbs[action]} ${typeNoun(type)} ${title ? `"${title}" ` : ''}(${entity_id})`;
  if (action !== 'update') return [recordLine];
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const valueIn = (payload: AuditChange['before'], field: string): string =>
    formatValue(payload && Object.hasOwn(payload, field) ? payload[field] : undefined);
  return [
    recordLine,
    ...[...fields].map((field) => `    ${field}: ${valueIn(before, field)} → ${valueIn(after, field)}`),
  ];
}

const reasonTexts: Readonly<Record<UndoConflict['reason'], string>> = {
  changed_since: 'has changed since',
  deleted_since: 'has been deleted since',
  erased: 'was erased',
  in_use: 'is in use by others',
  last_admin: 'is the only admin',
};

/** "Undone: created team "X" (2 changes).", and the conflicts with later changes. */
export function undoLines(
  verb: string,
  result: { label: string; params: Params; changes: number; left: readonly UndoConflict[] },
): string[] {
  const summaryLine = `${verb}: ${labelText(result.label, result.params)} (${countPhrase(result.changes, 'change')}).`;
  if (result.left.length === 0) return [summaryLine];
  const conflicts = result.left.map(({ type, id, title, field, reason }) => {
    const record = `${typeNoun(type)} ${title ? `"${title}" ` : ''}(${id})`;
    return `  ${field === null ? record : `${field} of ${record}`} ${reasonTexts[reason]}`;
  });
  return [summaryLine, 'Not undone because of later changes:', ...conflicts];
}
