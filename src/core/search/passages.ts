import { fieldOf } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { nameField } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { documentPassages } from '../documents/passages.ts';
import { fileOf } from '../documents/report.ts';
import { cachedText } from '../documents/texts.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';

/** The text of one field of a record, or a part of it. */
export interface Passage {
  field: string;
  text: string;
  isTitle: boolean;
  /** Of a document's file; counts from 1. */
  page: number | null;
}

/** Characters of a field that are indexed. */
const longest = 100_000;

/** The field of a document with its file: the name of the file is searched, and its text. */
const fileField = 'file';

/** A reference leads to a record with a name of its own, and values of a list are for filters. */
function isSearched(type: EntityType, key: string): boolean {
  if (type === 'interface' && (key === 'from' || key === 'to')) return false;
  const kind = fieldOf(type, key)?.kind;
  return kind !== 'reference' && kind !== 'references' && kind !== 'choice';
}

/** The searchable texts of a record: one for each field, with texts nested in a field joined, then the passages of a document's file. */
export function passagesOf(
  files: Pick<WorkspaceFiles, 'documents'>,
  type: EntityType,
  payload: JsonObject,
): Passage[] {
  const fields = fieldPassages(type, payload);
  const file = type === 'document' ? fileOf(payload) : null;
  if (!file) return fields;
  const text = cachedText(files, file.sha256);
  const parts = [{ page: null, text: file.name }, ...(text ? documentPassages(text) : [])];
  return [...fields, ...parts.map((part) => ({ field: fileField, isTitle: false, ...part }))];
}

/** The same without the document's file. */
export const fieldPassages = (type: EntityType, payload: JsonObject): Passage[] =>
  Object.entries(payload).flatMap(([field, value]): Passage[] => {
    if (!isSearched(type, field) || field === fileField) return [];
    const text = [...textsIn(value)].join(' · ').slice(0, longest).toWellFormed();
    return text.trim() === '' ? [] : [{ field, text, isTitle: field === nameField(type), page: null }];
  });

function* textsIn(value: Json | undefined): Generator<string, void, void> {
  if (typeof value === 'string') yield value;
  else if (value !== null && typeof value === 'object')
    for (const one of Object.values(value)) yield* textsIn(one);
}
