import { basename } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import { BadContent, readContent } from '../kernel/files/contents.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { fileRefusal, unreadableFault } from '../kernel/files/refusal.ts';
import { readRecord } from '../model/queries.ts';
import type { Services } from '../model/services.ts';
import { fileOf } from './report.ts';

const missingFileFault = (id: string): Fault => new Fault('NOT_FOUND', { type: 'document file', id });

/**
 * Writes the file of a document, or its version with the given hash, to `path`. Wrong bytes never get there. Throws NOT_FOUND, BAD_FILE
 * (document_differs, unreadable, and those of writing), CANCELLED.
 */
export async function saveDocument(
  { files, source, read }: Services,
  { id, sha256, path, replace }: { id: string; sha256?: string | undefined; path: string; replace: boolean },
  signal: AbortSignal | undefined,
): Promise<{ file: string; bytes: number }> {
  const file = fileOf(readRecord(read, 'document', id).payload);
  const requestedHash = sha256 ?? file?.sha256;
  if (requestedHash === undefined) throw missingFileFault(id);
  await refuseOwnFile(path, files);
  try {
    const pieces = readContent(files, requestedHash, signal);
    const bytes = await writeAtomically(path, source.ids.uuid(), pieces, { replace });
    return { file: basename(path), bytes };
  } catch (error) {
    throw error instanceof BadContent ? contentFault(error, id, file?.name ?? id) : error;
  }
}

function contentFault(error: BadContent, id: string, name: string): Fault {
  if (error.code === 'missing') return missingFileFault(id);
  return error.code === 'unreadable'
    ? unreadableFault(name, error.cause)
    : fileRefusal('document_differs', { file: name });
}
