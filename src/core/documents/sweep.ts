import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { sandboxPaths, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { listContents } from '../kernel/files/contents.ts';
import type { Log } from '../kernel/logger.ts';
import { removeContent } from './store.ts';

/** The hashes of files that any document of a workspace or sandbox names, including deleted documents and the history. */
const fileHashesSql = `SELECT payload ->> '$.file.sha256' AS sha256 FROM documents
  UNION SELECT payload_before ->> '$.file.sha256' FROM audit_logs WHERE entity_type = 'document'
  UNION SELECT payload_after ->> '$.file.sha256' FROM audit_logs WHERE entity_type = 'document'`;

const readFileHashes = (db: ReadHandle): (string | null)[] =>
  tablesIn(db).has('documents') ? db.column<string | null>(fileHashesSql) : [];

/** Removes stored files that nothing references. If a sandbox cannot be read, nothing is removed. Returns the number removed. */
export async function sweepContents({
  files,
  read,
  log,
}: {
  files: WorkspaceFiles;
  read: ReadHandle;
  log: Log;
}): Promise<number> {
  const usedHashes = new Set(readFileHashes(read));
  try {
    for (const folder of ['sandboxes', 'trash'] as const)
      for (const id of sandboxIds(files, folder).ids) {
        using db = openConnection(sandboxPaths(files, folder, id).data, { mode: 'read', log });
        for (const sha256 of readFileHashes(db)) usedHashes.add(sha256);
      }
  } catch (error) {
    log.warn({ error: String(error) }, 'files of documents were not swept');
    return 0;
  }
  const unusedFiles = (await listContents(files)).filter(({ sha256 }) => !usedHashes.has(sha256));
  for (const { sha256 } of unusedFiles) await removeContent(files, sha256);
  return unusedFiles.length;
}
