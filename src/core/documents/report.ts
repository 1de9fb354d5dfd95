import type { TextReport } from '#shared/contract/documents.ts';
import { storedFile } from '#shared/domain/entities.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { hasContent } from '../kernel/files/contents.ts';
import type { DocumentText } from './text/extract-text.ts';
import { cachedText } from './texts.ts';

export function fileOf(payload: JsonObject): StoredFile | null {
  const result = storedFile.safeParse(payload.file);
  if (!result.success) return null;
  const { sha256, name, bytes, media_type } = result.data;
  return { sha256, name, bytes, media_type };
}

const emptyReport = (state: TextReport['state']): TextReport => ({
  state,
  pages: null,
  read_pages: null,
  characters: 0,
});

export function reportOf(text: DocumentText): TextReport {
  const { pages, page_count, is_cut, problem } = text;
  return {
    state: problem ?? (is_cut ? 'cut' : 'complete'),
    pages: page_count,
    read_pages: page_count === null ? null : pages.length,
    characters: pages.reduce((sum, page) => sum + page.length, 0),
  };
}

export function textReport(files: Pick<WorkspaceFiles, 'documents'>, payload: JsonObject): TextReport {
  const file = fileOf(payload);
  if (!file) return emptyReport('no_file');
  const text = cachedText(files, file.sha256);
  if (text) return reportOf(text);
  return emptyReport(hasContent(files, file.sha256) ? 'waiting' : 'missing');
}
