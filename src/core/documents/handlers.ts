import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Fault } from '#shared/contract/faults.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import { writeAtomically } from '../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../kernel/files/own-files.ts';
import { withFile } from '../kernel/files/with-file.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visible } from '../kernel/db/schema.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { operations } from '../model/implement.ts';
import { job, query } from '../model/pipeline.ts';
import { findRecord, readRecord } from '../model/queries.ts';
import type { CallContext } from '../model/services.ts';
import { attachDocument } from './attach.ts';
import { fileOf, textReport } from './report.ts';
import { contentPath, hasContent } from './store.ts';
import { cachedText } from './texts.ts';

const os = operations.documents;

/** Ids of the visible documents that describe a record. */
export const documentsOf = (db: ReadHandle, id: string): string[] =>
  db
    .all<{ id: string }>(
      `SELECT id FROM documents WHERE ${visible()} AND EXISTS (SELECT 1 FROM json_each(payload, '$.record_ids') j WHERE j.value = ?)`,
      [id],
    )
    .map((row) => row.id);

const missingFile = (id: string): Fault =>
  new Fault('NOT_FOUND', 'The file of this document is not on this computer.', { type: 'document file', id });

async function* saveFile(
  { services }: CallContext,
  { id, sha256 }: { id: string; sha256?: string | undefined },
  path: string,
  signal: AbortSignal | undefined,
): Stream<{ file: string; bytes: number }> {
  const { files, source } = services;
  const wanted = sha256 ?? fileOf(readRecord(services.read, 'document', id).payload)?.sha256;
  if (wanted === undefined || !hasContent(files, wanted)) throw missingFile(id);
  await refuseOwnFile(path, files);
  const writing = writeAtomically(path, source.ids.uuid(), createReadStream(contentPath(files, wanted)), {
    replace: true,
  });
  for (;;) {
    checkCancelled(signal);
    const next = await writing.next();
    if (!next.done) continue;
    yield { kind: 'result', result: { file: basename(path), bytes: next.value } };
    return;
  }
}

/** Operations on documents and their files. */
export const documentHandlers = {
  attach: os.attach.handler(
    job(({ input: { grant, ...input }, context, signal }) =>
      withFile(context.services.grants, { grant, use: 'read' }, (path) =>
        context.services.jobs.stream(
          (tell, given) => attachDocument(context, { ...input, path }, { tell, signal: given }),
          signal,
        ),
      ),
    ),
  ),
  save: os.save.handler(
    job(({ input: { grant, ...input }, context, signal }) =>
      withFile(context.services.grants, { grant, use: 'write' }, (path) =>
        saveFile(context, input, path, signal),
      ),
    ),
  ),
  text: os.text.handler(
    query((db, { id }, { services: { files } }) => {
      const { payload } = readRecord(db, 'document', id);
      const file = fileOf(payload);
      return {
        ...textReport(files, payload),
        text: (file && cachedText(files, file.sha256)?.pages) ?? [],
      };
    }),
  ),
  describing: os.describing.handler(
    query((db, { id }, { services: { files } }) => {
      findRecord(db, id);
      return documentsOf(db, id)
        .map((one) => readRecord(db, 'document', one))
        .toSorted((a, b) => compareNames(a.title, b.title))
        .map((record) => ({ record, text: textReport(files, record.payload) }));
    }),
  ),
};
