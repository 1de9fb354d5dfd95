import { openConnection } from '../kernel/db/connection.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { sandboxPaths, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { tablesIn } from '../kernel/db/tables.ts';
import { hideContent, listContents, removeHidden, showContent } from '../kernel/files/contents.ts';
import type { HiddenContent } from '../kernel/files/contents.ts';
import type { Log } from '../kernel/logger.ts';
import type { Clock } from '../kernel/system.ts';
import { versionsIn } from '../versions/golden-store.ts';
import { withVersion } from '../versions/unpack-version.ts';
import type { Services } from '../model/services.ts';

/** Records and rows of the log that can name a file: documents, and shared sandboxes, whose changes can create documents. */
const holdersOf = (tables: ReadonlySet<string>): string[] => [
  ...['documents', 'shared_sandboxes'].flatMap((table) =>
    tables.has(table) ? [`SELECT payload AS holder FROM ${table}`] : [],
  ),
  ...['payload_before', 'payload_after'].map(
    (column) => `SELECT ${column} FROM audit_logs WHERE entity_type IN ('document', 'shared-sandbox')`,
  ),
];

/** The hashes of files that a database names, also in deleted records and in its history. */
const hashesIn = (db: ReadHandle): string[] =>
  db.column<string>(
    `SELECT DISTINCT value FROM (${holdersOf(tablesIn(db)).join(' UNION ALL ')}), json_tree(holder) WHERE key = 'sha256' AND type = 'text'`,
  );

/** The hashes that live or a sandbox names, a discarded one included: the workspace's, whatever is open. */
function hashesInFiles(files: WorkspaceFiles, log: Log): Set<string> {
  const sandboxes = (['sandboxes', 'trash'] as const).flatMap((folder) =>
    sandboxIds(files, folder).ids.map((id) => sandboxPaths(files, folder, id).data),
  );
  const hashes = new Set<string>();
  for (const file of [files.live, ...sandboxes]) {
    using db = openConnection(file, { mode: 'read', log });
    for (const sha256 of hashesIn(db)) hashes.add(sha256);
  }
  return hashes;
}

/** The hashes that golden versions name. A backup has its own copies of files; a golden version has none. */
async function hashesInGolden(files: WorkspaceFiles, { log, clock }: { log: Log; clock: Clock }) {
  const hashes = new Set<string>();
  const options = { files, log, clock, onProgress: () => {}, signal: new AbortController().signal };
  for (const version of await versionsIn(files))
    await withVersion({ kind: 'golden', version }, options, async (db) => {
      for (const sha256 of hashesIn(db)) hashes.add(sha256);
    });
  return hashes;
}

/**
 * Removes stored files that neither live nor a sandbox, a golden version or their histories name; with `only`, at most that one. If one
 * of these cannot be read, nothing is removed. Returns the number removed.
 */
export async function sweepContents(
  { files, source, log }: Pick<Services, 'files' | 'source' | 'log'>,
  only?: string,
): Promise<number> {
  const hidden: HiddenContent[] = [];
  let removedCount = 0;
  try {
    const named = hashesInFiles(files, log);
    const candidates = (await listContents(files)).filter(
      ({ sha256 }) => !named.has(sha256) && (only === undefined || sha256 === only),
    );
    if (candidates.length === 0) return 0;
    const golden = await hashesInGolden(files, { log, clock: source.clock });
    // Hidden before the records are read again: an attach that commits later finds its file missing, and stores it again.
    for (const { sha256 } of candidates)
      if (!golden.has(sha256)) hidden.push(await hideContent(files, sha256));
    const namedSince = hashesInFiles(files, log);
    for (let content = hidden.at(-1); content; content = hidden.at(-1)) {
      if (namedSince.has(content.sha256)) await showContent(files, content);
      else await removeHidden(files, content);
      hidden.pop();
      removedCount += namedSince.has(content.sha256) ? 0 : 1;
    }
  } catch (error) {
    log.warn({ error: String(error) }, 'files of documents were not swept');
  } finally {
    for (const content of hidden) await showContent(files, content);
  }
  return removedCount;
}
