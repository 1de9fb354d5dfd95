import { compareNames } from '#shared/domain/sort-key.ts';
import { stateOfContent } from '../kernel/files/contents.ts';
import { withFile } from '../kernel/files/with-file.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, query, writeJob } from '../model/pipeline.ts';
import { findRecord, readRecord } from '../model/queries.ts';
import { attachDocument } from './attach.ts';
import { fileOf, textReport } from './report.ts';
import { saveDocument } from './save.ts';
import { cachedText } from './texts.ts';

const os = operationBuilder.documents;

export const documentIdsOf = (db: ReadHandle, id: string): string[] =>
  db
    .all<{ id: string }>(
      `SELECT id FROM documents WHERE ${visibleCondition()} AND EXISTS (SELECT 1 FROM json_each(payload, '$.record_ids') j WHERE j.value = ?)`,
      [id],
    )
    .map((row) => row.id);

export const documentHandlers = {
  attach: os.attach.handler(
    backgroundJob(({ input: { grant, ...input }, context }, pace) =>
      withFile(context.services.grants, { grant, use: 'read' }, (path) =>
        attachDocument(context, { ...input, path }, pace),
      ),
    ),
  ),
  save: os.save.handler(
    writeJob(({ input: { grant, ...input }, context }, { signal }) =>
      withFile(context.services.grants, { grant, use: 'write' }, (path) =>
        // The system's dialog has asked before replacing a file.
        saveDocument(context.services, { ...input, path, replace: true }, signal),
      ),
    ),
  ),
  text: os.text.handler(
    query(async (db, { id }, { services: { files } }) => {
      const { payload } = readRecord(db, 'document', id);
      const file = fileOf(payload);
      return {
        ...textReport(files, payload),
        text: (file && cachedText(files, file.sha256)?.pages) ?? [],
        file: file && (await stateOfContent(files, file.sha256)),
      };
    }),
  ),
  ofRecord: os.ofRecord.handler(
    query((db, { id }, { services: { files } }) => {
      findRecord(db, id);
      return documentIdsOf(db, id)
        .map((one) => readRecord(db, 'document', one))
        .toSorted((a, b) => compareNames(a.title, b.title))
        .map((record) => ({ record, text: textReport(files, record.payload) }));
    }),
  ),
};
