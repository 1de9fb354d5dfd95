import { codeMap } from '#shared/contract/code-maps.ts';
import type { CodeMap } from '#shared/contract/code-maps.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { mapMediaType } from '#shared/domain/document-formats.ts';
import { readWholeFile } from '../files/store.ts';
import { signedIn } from '../procedures.ts';
import { readRecord, visibleCondition } from '../records/read.ts';
import { notFound } from '../records/write.ts';

interface MapDocument {
  repository_id: string;
  document_id: string;
  updated_at: string;
  sha256: string;
}

/** A map of 100,000 files has about 20 MB. */
const maxMapBytes = 32 * 1024 * 1024;

/** Row security filters both. */
const documentsQuery = `SELECT r.id AS repository_id, t.id AS document_id, t.updated_at, t.payload #>> '{file,sha256}' AS sha256
  FROM documents t JOIN repositories r ON t.payload -> 'record_ids' ? r.id
  WHERE t.payload #>> '{file,media_type}' = '${mapMediaType}' AND ${visibleCondition('document')} AND r.payload ->> 'project_id' = $1
    AND r.deleted_at IS NULL AND frames_visible(r.id, NULL, NULL) AND ($2::text IS NULL OR r.id = $2) ORDER BY t.updated_at DESC, t.id`;

function parseMap(bytes: Buffer): CodeMap | undefined {
  try {
    return codeMap.safeParse(JSON.parse(bytes.toString())).data;
  } catch {
    return undefined;
  }
}

export const mapHandlers = {
  read: signedIn.maps.read.handler(async ({ input: { id, repository_id = null }, context }) => {
    const { services, caller } = context;
    const documents = await services.database.readAsUser(caller, async (sql) => {
      if (!(await readRecord(sql, 'project', id))) throw notFound('project', id);
      return sql.all<MapDocument>(documentsQuery, [id, repository_id]);
    });
    // The file of a newer document may not have arrived yet.
    for (const { sha256, ...document } of documents) {
      const bytes = await readWholeFile(services, sha256, maxMapBytes);
      const map = bytes && parseMap(bytes);
      if (map) return { ...document, map };
    }
    throw new ServerFault('NOT_FOUND', {}, 'map');
  }),
};
