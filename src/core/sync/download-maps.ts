import { isFault } from '#shared/contract/faults.ts';
import { readMapDocuments } from '../code-maps/map-documents.ts';
import { ContentPart, hasContent } from '../kernel/files/contents.ts';
import { isServerFault } from './remote.ts';
import { download } from './download.ts';
import type { Round } from './round-context.ts';

/** Downloads the maps of code that are not here. One that the server lacks or has damaged is tried again by later syncs. Throws CANCELLED. */
export async function downloadMaps({ services, remote, onProgress, signal }: Round): Promise<void> {
  const { read, files, log } = services;
  for (const { file } of readMapDocuments(read)) {
    if (hasContent(files, file.sha256)) continue;
    await using part = await ContentPart.create(files);
    try {
      await download(remote, file.sha256, part, { onProgress, signal });
    } catch (error) {
      const isDamaged = isFault(error) && error.code === 'SYNC';
      const isAbsent = isServerFault(error, 'DOCUMENT_NOT_FOUND') || isServerFault(error, 'NOT_FOUND');
      if (!isDamaged && !isAbsent) throw error;
      log.info({ file: file.sha256, error: String(error) }, 'a map of code was not downloaded');
      continue;
    }
    await part.moveIntoStore(file.sha256);
  }
}
