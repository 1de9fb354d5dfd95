import { Fault } from '#shared/contract/faults.ts';
import { extractMissing } from '../documents/missing-texts.ts';
import { fileOf } from '../documents/report.ts';
import { ContentPart, stateOfContent } from '../kernel/files/contents.ts';
import type { ContentFiles } from '../kernel/files/contents.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { runYielding } from '../kernel/progress.ts';
import { readRecord } from '../model/queries.ts';
import type { Services } from '../model/services.ts';
import { searchIndex } from '../search/search-index.ts';
import { download } from './download.ts';
import { isServerFault, isUnreachable } from './remote.ts';
import type { SyncService } from './service.ts';
import { readState } from './state.ts';

const notFound = (id: string): Fault => new Fault('NOT_FOUND', { type: 'document file', id });

/** Downloads a document's file unless an intact one is stored here, and indexes its text. Throws NOT_FOUND, SYNC, CANCELLED. */
export async function fetchFile(
  service: SyncService,
  services: Services,
  { id, sha256 }: { id: string; sha256?: string | undefined },
  { onProgress, signal }: { onProgress: OnProgress; signal: AbortSignal },
): Promise<{ fetched: boolean }> {
  const { read, files, source } = services;
  const hash = sha256 ?? fileOf(readRecord(read, 'document', id).payload)?.sha256;
  if (hash === undefined) throw notFound(id);
  if ((await stateOfContent(files, hash, { signal })) === 'intact') return { fetched: false };
  if (!readState(read)) throw notFound(id);
  await downloadContent(service, files, hash, { onProgress, signal });
  const extracted = await extractMissing(services, signal);
  await runYielding(searchIndex(services).reindex(extracted), { clock: source.clock, signal });
  return { fetched: true };
}

/** Stores a content of the server, also in the place of a wrong copy. Throws SYNC, CANCELLED. */
export async function downloadContent(
  service: SyncService,
  files: ContentFiles,
  sha256: string,
  pace: { onProgress: OnProgress; signal: AbortSignal },
): Promise<void> {
  await using part = await ContentPart.create(files);
  await service.callServer((remote) =>
    download(remote, sha256, part, pace).catch((error: unknown) => {
      throw explainFault(error);
    }),
  );
  await part.moveIntoStore(sha256);
}

/** Explains an unreachable server or a missing file in terms of the document. */
function explainFault(error: unknown): unknown {
  if (isServerFault(error, 'DOCUMENT_NOT_FOUND') || isServerFault(error, 'NOT_FOUND'))
    return new Fault('SYNC', {
      reason: 'no_file',
    });
  if (!isUnreachable(error)) return error;
  return new Fault('SYNC', {
    reason: 'file_away',
  });
}
