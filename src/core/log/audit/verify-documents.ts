import { clause } from '#shared/texts/sentence.ts';
import type { DamagedDocument, DocumentCheck } from '#shared/contract/documents.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { tablesIn } from '../../kernel/db/tables.ts';
import { listContents, stateOfContent } from '../../kernel/files/contents.ts';
import type { ContentFiles, ContentState } from '../../kernel/files/contents.ts';
import type { Pace } from '../../kernel/progress.ts';
import { Problems } from './problems.ts';

/** A content that a document names now or in its history. */
export interface NamedContent {
  sha256: string;
  id: string;
  name: string;
  bytes: number | null;
  /** Whether the file was here when a document got it. Otherwise only its record came, by a sync or an import. */
  attached: 0 | 1;
  /** Whether a visible document names it now. */
  current: 0 | 1;
}

/**
 * Whether the file was here when a row of the log named it: `RecordWriter` notes it. Rows of earlier versions have no note; attaching was then the
 * only change of one document alone, except for operations of a sync, which say when they were made.
 */
const attachedSql = `CASE l.meta ->> '$.file' WHEN 'here' THEN 1 WHEN 'elsewhere' THEN 0 ELSE (
  SELECT t.label IN ('document.create', 'document.update') AND t.params ->> '$.made_at' IS NULL
  FROM audit_transactions t WHERE t.id <= l.id ORDER BY t.id DESC LIMIT 1) END`;

/** A transaction has the id of its first row. */
const namedContentsSql = `WITH named AS (
  SELECT l.payload_after ->> '$.file.sha256' AS sha256, l.entity_id AS id, l.payload_after ->> '$.file.bytes' AS bytes, 0 AS current,
    ${attachedSql} AS attached
  FROM audit_logs l WHERE l.entity_type = 'document' AND l.action IN ('create', 'update')
  UNION ALL
  SELECT payload ->> '$.file.sha256', id, payload ->> '$.file.bytes', deleted_at IS NULL AND hidden = 0, 0 FROM documents)
SELECT n.sha256, n.id, coalesce(d.payload ->> '$.name', '') AS name, max(n.bytes) AS bytes, max(n.attached) AS attached,
  max(n.current) AS current
FROM named n LEFT JOIN documents d ON d.id = n.id WHERE n.sha256 IS NOT NULL
GROUP BY n.sha256, n.id ORDER BY name, n.id`;

/** Every content that a document names, with that document. None in a file of an older schema. */
export const namedContents = (db: ReadHandle): NamedContent[] =>
  tablesIn(db).has('documents') ? db.all<NamedContent>(namedContentsSql) : [];

/** Compares what documents name with the states of contents; a content without a state is missing. */
export function checkDocuments(
  named: readonly NamedContent[],
  states: ReadonlyMap<string, ContentState>,
): DocumentCheck {
  const damaged: DamagedDocument[] = [];
  const elsewhere = new Set<string>();
  const namedHashes = new Set(named.map(({ sha256 }) => sha256));
  for (const [sha256, state] of states)
    if (state !== 'intact' && !namedHashes.has(sha256)) damaged.push({ id: '', name: '', sha256, state });
  for (const { sha256, id, name, attached, current } of named) {
    const state = states.get(sha256) ?? 'missing';
    if (state === 'intact') continue;
    if (state !== 'missing' || attached) damaged.push({ id, name, sha256, state });
    else if (current) elsewhere.add(id);
  }
  const problems = new Problems();
  for (const document of damaged) problems.add(problemOfDocument(document));
  const files = [...states.values()].filter((state) => state === 'intact').length;
  return { ok: damaged.length === 0, files, damaged, elsewhere: elsewhere.size, problems: problems.list };
}

const problemKeys = {
  missing: 'documentMissing',
  different: 'documentDifferent',
  unreadable: 'documentUnreadable',
} as const;

export function problemOfDocument({ id, name, sha256, state }: DamagedDocument) {
  return id === '' ? clause('contentDamaged', { sha256 }) : clause(problemKeys[state], { name, id, sha256 });
}

/** Reads every file of the store, reporting bytes, and then compares what `readNamed` returns. Throws CANCELLED. */
export async function verifyDocuments(
  files: ContentFiles,
  readNamed: () => readonly NamedContent[],
  { clock, signal, onProgress }: Pace,
): Promise<DocumentCheck> {
  const contents = await listContents(files);
  const total = contents.reduce((sum, { bytes }) => sum + bytes, 0);
  const states = new Map<string, ContentState>();
  let done = 0;
  let lastReport = clock.elapsed();
  const onBytes = (bytes: number): void => {
    done += bytes;
    if (clock.elapsed() - lastReport < reportIntervalMs) return;
    lastReport = clock.elapsed();
    onProgress?.({ kind: 'progress', step: 'documents', done, total });
  };
  if (total > 0) onProgress?.({ kind: 'progress', step: 'documents', done, total });
  for (const { sha256 } of contents) {
    const state = await stateOfContent(files, sha256, { signal, onBytes });
    // A file that a purge removed meanwhile is missing only if a document still names it.
    if (state !== 'missing') states.set(sha256, state);
  }
  return checkDocuments(readNamed(), states);
}

const reportIntervalMs = 100;

/** As `verifyDocuments`, but compares only which files are there, and their lengths. */
export async function checkPresentDocuments(
  files: ContentFiles,
  named: readonly NamedContent[],
): Promise<DocumentCheck> {
  const expectedBytes = new Map(named.map(({ sha256, bytes }) => [sha256, bytes]));
  const states = new Map<string, ContentState>();
  for (const { sha256, bytes } of await listContents(files))
    states.set(sha256, (expectedBytes.get(sha256) ?? bytes) === bytes ? 'intact' : 'different');
  return checkDocuments(named, states);
}
