import { clause } from '#shared/texts/sentence.ts';
import type { DamagedDocument, DocumentCheck } from '#shared/contract/documents.ts';
import { openConnection } from '../../kernel/db/connection.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { workspaceFiles } from '../../kernel/db/files.ts';
import type { WorkspaceFiles } from '../../kernel/db/files.ts';
import { sandboxIds } from '../../kernel/db/sandbox-folder.ts';
import { tablesIn } from '../../kernel/db/tables.ts';
import { listContents, stateOfContent } from '../../kernel/files/contents.ts';
import type { ContentState } from '../../kernel/files/contents.ts';
import type { Log } from '../../kernel/logger.ts';
import type { Pace } from '../../kernel/progress.ts';
import { joinedUserId } from '../session.ts';
import { Problems } from './problems.ts';

interface CheckedStore {
  files: WorkspaceFiles;
  log: Log;
}

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

/** What the documents of a file name, and whether it is joined to a server. */
export interface DocumentNames {
  named: readonly NamedContent[];
  joined: boolean;
}

export const noDocuments: DocumentNames = { named: [], joined: false };

export function documentNames(db: ReadHandle): DocumentNames {
  const named = namedContents(db);
  return { named, joined: named.length > 0 && joinedUserId(db) !== null };
}

const maxUnfetched = 100;

/**
 * Compares what documents name with the states of contents; a content without a state is missing. `others` names contents that only other
 * files of the workspace use.
 */
export function checkDocuments(
  { named, joined }: DocumentNames,
  states: ReadonlyMap<string, ContentState>,
  others: () => readonly NamedContent[] = () => [],
): DocumentCheck {
  const damaged: DamagedDocument[] = [];
  const elsewhere = new Map<string, string>();
  const namedHashes = new Set(named.map(({ sha256 }) => sha256));
  let otherNames: readonly NamedContent[] | undefined;
  for (const [sha256, state] of states) {
    if (state === 'intact' || namedHashes.has(sha256)) continue;
    otherNames ??= others();
    const { id = '', name = '' } = otherNames.find((other) => other.sha256 === sha256) ?? {};
    damaged.push({ id, name, sha256, state });
  }
  for (const { sha256, id, name, attached, current } of named) {
    const state = states.get(sha256) ?? 'missing';
    if (state === 'intact') continue;
    if (state !== 'missing' || attached) damaged.push({ id, name, sha256, state });
    else if (current) elsewhere.set(id, name);
  }
  const problems = new Problems();
  for (const document of damaged) problems.add(problemOfDocument(document));
  const files = [...states.values()].filter((state) => state === 'intact').length;
  return {
    ok: damaged.length === 0,
    files,
    damaged,
    elsewhere: elsewhere.size,
    unfetched: Array.from(elsewhere, ([id, name]) => ({ id, name })).slice(0, maxUnfetched),
    joined,
    problems: problems.list,
  };
}

const problemKeys = {
  missing: 'documentMissing',
  different: 'documentDifferent',
  not_a_file: 'documentNotAFile',
  unreadable: 'documentUnreadable',
} as const;

export function problemOfDocument({ id, name, sha256, state }: DamagedDocument) {
  return id === '' ? clause('contentDamaged', { sha256 }) : clause(problemKeys[state], { name, id, sha256 });
}

/** The contents that live and the sandboxes name, without the open file. A file that cannot be read is left out: its own check reports it. */
function namedInOthers(files: WorkspaceFiles, log: Log): NamedContent[] {
  const sandboxes = sandboxIds(files, 'sandboxes').ids.map(
    (id) => workspaceFiles(files.folder, { kind: 'sandbox', id }).data,
  );
  return [files.live, ...sandboxes]
    .filter((file) => file !== files.data)
    .flatMap((file) => {
      try {
        using db = openConnection(file, { mode: 'read', log });
        return namedContents(db);
      } catch {
        return [];
      }
    });
}

/** Reads every file of the store, reporting bytes, and then compares what `readNames` returns. Throws CANCELLED. */
export async function verifyDocuments(
  { files, log }: CheckedStore,
  readNames: () => DocumentNames,
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
  return checkDocuments(readNames(), states, () => namedInOthers(files, log));
}

const reportIntervalMs = 100;

/** As `verifyDocuments`, but compares only which files are there, and their lengths. */
export async function checkPresentDocuments(
  { files, log }: CheckedStore,
  names: DocumentNames,
): Promise<DocumentCheck> {
  const expectedBytes = new Map(names.named.map(({ sha256, bytes }) => [sha256, bytes]));
  const states = new Map<string, ContentState>();
  for (const { sha256, bytes } of await listContents(files))
    states.set(sha256, (expectedBytes.get(sha256) ?? bytes) === bytes ? 'intact' : 'different');
  return checkDocuments(names, states, () => namedInOthers(files, log));
}
