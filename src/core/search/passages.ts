import { fieldTexts, fileField } from '#shared/domain/field-texts.ts';
import type { FieldText } from '#shared/domain/field-texts.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { documentPassages } from '../documents/passages.ts';
import { fileOf } from '../documents/report.ts';
import { cachedText } from '../documents/texts.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';

export interface Passage extends FieldText {
  /** Page of a document's file, from 1. */
  page: number | null;
}

/** The searchable texts of a record: one for each field, then the name of a document's file and its passages. */
export function passagesOf(
  files: Pick<WorkspaceFiles, 'documents'>,
  type: EntityType,
  payload: JsonObject,
): Passage[] {
  const fields = fieldTexts(type, payload).map((fieldText) => ({ ...fieldText, page: null }));
  const file = type === 'document' ? fileOf(payload) : null;
  if (!file) return fields;
  const text = cachedText(files, file.sha256);
  const parts = [{ page: null, text: file.name }, ...(text ? documentPassages(text) : [])];
  return [...fields, ...parts.map((part) => ({ field: fileField, isTitle: false, ...part }))];
}
