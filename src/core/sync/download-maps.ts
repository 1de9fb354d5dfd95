import { readMapDocuments } from '../code-maps/map-documents.ts';
import { ContentPart, hasContent } from '../kernel/files/contents.ts';
import { isServerFault } from './remote.ts';
import { download } from './download.ts';
import type { Round } from './round-context.ts';

/** Downloads the maps of code that are not here. A map that its computer has not uploaded yet comes with a later sync. Throws SYNC, CANCELLED. */
export async function downloadMaps({ services, remote, onProgress, signal }: Round): Promise<void> {
  const { read, files } = services;
  for (const { file } of readMapDocuments(read)) {
    if (hasContent(files, file.sha256)) continue;
    await using part = await ContentPart.create(files);
    try {
      await download(remote, file.sha256, part, { onProgress, signal });
    } catch (error) {
      if (isServerFault(error, 'DOCUMENT_NOT_FOUND') || isServerFault(error, 'NOT_FOUND')) continue;
      throw error;
    }
    await part.moveIntoStore(file.sha256);
  }
}
