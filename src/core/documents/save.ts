import { basename } from 'node:path';
import { readPiecesOf } from '#files/open-file.ts';
import { Fault } from '#shared/contract/faults.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { readRecord } from '../model/queries.ts';
import type { Services } from '../model/services.ts';
import { fileOf } from './report.ts';
import { contentPath, hasContent } from '../kernel/files/contents.ts';

const missingFileFault = (id: string): Fault => new Fault('NOT_FOUND', { type: 'document file', id });

/** Writes the file of a document, or its version with the given hash, to `path`. Throws NOT_FOUND, BAD_FILE, CANCELLED. */
export async function saveDocument(
  { files, source, read }: Services,
  { id, sha256, path, replace }: { id: string; sha256?: string | undefined; path: string; replace: boolean },
  signal: AbortSignal | undefined,
): Promise<{ file: string; bytes: number }> {
  const requestedHash = sha256 ?? fileOf(readRecord(read, 'document', id).payload)?.sha256;
  if (requestedHash === undefined || !hasContent(files, requestedHash)) throw missingFileFault(id);
  await refuseOwnFile(path, files);
  async function* content(hash: string): AsyncGenerator<Buffer, void, void> {
    for await (const piece of readPiecesOf(contentPath(files, hash))) {
      checkCancelled(signal);
      yield piece;
    }
  }
  const bytes = await writeAtomically(path, source.ids.uuid(), content(requestedHash), { replace });
  return { file: basename(path), bytes };
}
