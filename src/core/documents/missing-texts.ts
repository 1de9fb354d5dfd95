import type { JsonObject } from '#shared/domain/json.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { BadContent, hasContent } from '../kernel/files/contents.ts';
import type { Services } from '../model/services.ts';
import { fileOf } from './report.ts';
import { cachedText, extractStored } from './texts.ts';

/**
 * Extracts the missing texts of stored files, such as after a restore or a sync. Logs wrong files and leaves them out. Returns the ids of
 * the documents. Throws CANCELLED.
 */
export async function extractMissing(
  { read, files, log }: Pick<Services, 'read' | 'files' | 'log'>,
  signal: AbortSignal,
): Promise<string[]> {
  if (!tablesIn(read).has('documents')) return [];
  const extracted: string[] = [];
  const rows = read.all<{ id: string; payload: string }>(
    `SELECT id, payload FROM documents WHERE ${visibleCondition()} AND payload ->> '$.file.sha256' IS NOT NULL`,
  );
  for (const { id, payload } of rows) {
    const file = fileOf(JSON.parse(payload) as JsonObject);
    if (!file || !hasContent(files, file.sha256) || cachedText(files, file.sha256)) continue;
    try {
      await extractStored(files, file, { signal, isStrict: false });
      extracted.push(id);
    } catch (error) {
      if (!(error instanceof BadContent)) throw error;
      log.warn({ document: id, error: String(error) }, 'the text of a document was not extracted');
    }
  }
  return extracted;
}
