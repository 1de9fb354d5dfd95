import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { readRecord } from '../model/queries.ts';
import type { Services } from '../model/services.ts';
import { fileOf } from './report.ts';
import { contentPath, hasContent } from '../kernel/files/contents.ts';

const missingFile = (id: string): Fault => new Fault('NOT_FOUND', { type: 'document file', id });

/** Writes the file of a document, or its version with the given hash, to `path`. Throws NOT_FOUND, BAD_FILE, CANCELLED. */
export async function* saveDocument(
  { files, source, read }: Services,
  { id, sha256, path, replace }: { id: string; sha256?: string | undefined; path: string; replace: boolean },
  signal: AbortSignal | undefined,
): Stream<{ file: string; bytes: number }> {
  const requestedHash = sha256 ?? fileOf(readRecord(read, 'document', id).payload)?.sha256;
  if (requestedHash === undefined || !hasContent(files, requestedHash)) throw missingFile(id);
  await refuseOwnFile(path, files);
  const content = createReadStream(contentPath(files, requestedHash));
  const writing = writeAtomically(path, source.ids.uuid(), content, { replace });
  for (;;) {
    checkCancelled(signal);
    const next = await writing.next();
    if (!next.done) continue;
    yield { kind: 'result', result: { file: basename(path), bytes: next.value } };
    return;
  }
}
