import { createHash } from 'node:crypto';
import { codeMap } from '#shared/contract/code-maps.ts';
import type { CodeMap } from '#shared/contract/code-maps.ts';
import { mapMediaType } from '#shared/domain/document-formats.ts';
import { storedFile } from '#shared/domain/entities.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { BadContent, ContentPart, hasContent, readWholeContent } from '../kernel/files/contents.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { createRecord, updateRecord } from '../model/commands.ts';
import type { Services } from '../model/services.ts';

export interface MapDocument {
  id: string;
  repository: string;
  file: StoredFile;
}

const documentsSql = `SELECT id, payload FROM documents WHERE ${visibleCondition()}
  AND payload ->> '$.file.media_type' = '${mapMediaType}' ORDER BY updated_at, id`;

/** The newest map document of each repository: two computers that scan without a connection write two. */
export function readMapDocuments(db: ReadHandle): MapDocument[] {
  const newest = new Map<string, MapDocument>();
  for (const { id, payload: text } of db.all<{ id: string; payload: string }>(documentsSql)) {
    const payload = parsePayload(text);
    const [repository] = referencedIds(payload['record_ids']);
    const file = storedFile.safeParse(payload['file']).data;
    if (repository !== undefined && file) newest.set(repository, { id, repository, file });
  }
  return [...newest.values()].toSorted((a, b) => (a.repository < b.repository ? -1 : 1));
}

export const findMapDocument = (db: ReadHandle, repository: string): MapDocument | undefined =>
  readMapDocuments(db).find((document) => document.repository === repository);

export interface MapVersion {
  sha256: string;
  /** The beginning of the commit that was scanned. */
  head: string;
  /** When it was scanned (ISO 8601). */
  at: string;
}

const versionsSql = `SELECT payload_after ->> '$.file.sha256' AS sha256, payload_after ->> '$.file.name' AS name, created_at AS at
  FROM audit_logs WHERE entity_id = ? AND payload_after ->> '$.file.sha256' IS NOT NULL ORDER BY id DESC`;

/** The maps that a document has had, newest first, each once. */
export function readMapVersions(db: ReadHandle, document: string): MapVersion[] {
  const known = new Set<string>();
  return db
    .all<{ sha256: string; name: string; at: string }>(versionsSql, [document])
    .filter(({ sha256 }) => !known.has(sha256) && known.add(sha256))
    .map(({ sha256, name, at }) => ({ sha256, at, head: /-([0-9a-f]+)\./.exec(name)?.[1] ?? '' }));
}

const maxCached = 8;
const createMapCache = (): Map<string, CodeMap> => new Map();

/** A map by its content; null if the file is missing, damaged, or of another form. */
export async function readMap(
  { files, singletons }: Pick<Services, 'files' | 'singletons'>,
  sha256: string,
): Promise<CodeMap | null> {
  const cache = singletons.get(createMapCache);
  const cached = cache.get(sha256);
  if (cached) return cached;
  try {
    const map = codeMap.parse(JSON.parse((await readWholeContent(files, sha256)).toString('utf8')));
    cache.set(sha256, map);
    for (const [oldest] of cache) if (cache.size > maxCached) cache.delete(oldest);
    return map;
  } catch (error) {
    if (error instanceof BadContent || error instanceof SyntaxError || (error as Error).name === 'ZodError')
      return null;
    throw error;
  }
}

/** The newest map of a document that is on this computer: files of other computers come later than their records. Null without one. */
export async function readNewestMap(
  services: Pick<Services, 'files' | 'read' | 'singletons'>,
  document: string,
): Promise<{ map: CodeMap; sha256: string } | null> {
  for (const { sha256 } of readMapVersions(services.read, document)) {
    const map = await readMap(services, sha256);
    if (map) return { map, sha256 };
  }
  return null;
}

/** The newest map of each repository that is on this computer. */
export async function readMaps(
  services: Pick<Services, 'files' | 'read' | 'singletons'>,
): Promise<{ repository: string; map: CodeMap }[]> {
  const maps: { repository: string; map: CodeMap }[] = [];
  for (const { id, repository } of readMapDocuments(services.read)) {
    const newest = await readNewestMap(services, id);
    if (newest) maps.push({ repository, map: newest.map });
  }
  return maps;
}

/** Stores a map as a file that no document names yet. */
export async function storeMap(
  files: Services['files'],
  repositoryName: string,
  map: CodeMap,
): Promise<StoredFile> {
  const bytes = Buffer.from(JSON.stringify(map));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  if (!hasContent(files, sha256)) {
    await using part = await ContentPart.create(files);
    await part.write(bytes);
    await part.moveIntoStore(sha256);
  }
  const name = `${repositoryName.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80)}-${map.head.slice(0, 7)}.json`;
  return { sha256, name, bytes: bytes.length, media_type: mapMediaType };
}

/** Makes a stored map the newest of its repository. */
export function writeMapDocument(
  write: WriteContext,
  repository: { id: string; name: string; university: string | null },
  file: StoredFile,
  description: string,
): string {
  const document = findMapDocument(write.db, repository.id);
  const data = { name: `Map of ${repository.name}`, description, file };
  if (document) {
    updateRecord(write, { type: 'document', id: document.id, data, unset: [] });
    return document.id;
  }
  const record_ids = [repository.id];
  return createRecord(write, {
    type: 'document',
    data: { ...data, record_ids, university_id: repository.university },
  });
}
