import type { InputOf, ResultOf } from '#shared/contract/base.ts';
import type { attach } from '#shared/contract/documents.ts';
import type { StoredFile } from '#shared/domain/entities.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { RequestPace } from '../kernel/progress.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { hasContent, moveContent, removeStaleParts, withPrivateStore } from '../kernel/files/contents.ts';
import type { ContentFiles } from '../kernel/files/contents.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { createRecord, visibleRecord, updateRecord } from '../model/commands.ts';
import { describedUniversity } from '../model/described-university.ts';
import { readOnlyPointFault } from '../model/permissions.ts';
import { readRecord } from '../model/queries.ts';
import type { CallContext } from '../model/services.ts';
import { reportOf } from './report.ts';
import { storeFile } from './store.ts';
import { sweepContents } from './sweep.ts';
import type { DocumentText } from './text/extract-text.ts';
import { extractStored } from './texts.ts';

type AttachRequest = Omit<InputOf<typeof attach>, 'grant'> & {
  path: string;
  /** Creates a record that the document describes, in the same transaction. `setLabel` labels the transaction at its end. */
  describe?: (write: WriteContext, text: DocumentText, name: string) => { id: string; setLabel: () => void };
};
type AttachResult = ResultOf<typeof attach>;

/** The operation `documents.attach`. Extracts the text before writing the record, so that a visible document can be searched. */
export async function attachDocument(
  { services, session }: CallContext,
  { path, document, name, describe, ...request }: AttachRequest,
  { onProgress, signal }: RequestPace,
): Promise<AttachResult> {
  const { files, source, read, moment } = services;
  if (moment) throw readOnlyPointFault();
  if (document !== undefined) visibleRecord(read, 'document', document);
  await removeStaleParts(files, source.clock.now());
  const store = (into: ContentFiles): Promise<StoredFile> =>
    storeFile(path, files, {
      into,
      signal,
      onBytes: (done, total) => onProgress({ kind: 'progress', step: 'copying', done, total }),
    });
  const { file, text } = await withPrivateStore(files, async (privateStore) => {
    const stored = await store(privateStore);
    onProgress({ kind: 'progress', step: 'reading', done: 0, total: null });
    const extracted = await extractStored(privateStore, stored, { signal, isStrict: true });
    await moveContent(privateStore, files, stored.sha256);
    return { file: stored, text: extracted };
  });
  try {
    const result = await services.queue.command(session, (write) => {
      const described = describe?.(write, text, nameOf(file));
      const record_ids = [...request.record_ids, ...(described ? [described.id] : [])];
      const { id, change } =
        document === undefined
          ? createOrExtend(write, file, { record_ids, name })
          : updateDocument(write, document, record_ids, { file, ...(name && { name }) });
      described?.setLabel();
      const op_id = change === 'unchanged' ? null : write.audit.op_id;
      return { record: readRecord(write.db, 'document', id), change, op_id };
    });
    // A sweep that began before this commit can have removed the file that no record named.
    if (!hasContent(files, file.sha256)) await store(files);
    return { ...result, text: reportOf(text) };
  } catch (error) {
    await sweepContents(services, file.sha256);
    throw error;
  }
}

type Change = { id: string; change: AttachResult['change'] };

function createOrExtend(
  write: WriteContext,
  file: StoredFile,
  { record_ids, name }: Pick<AttachRequest, 'record_ids' | 'name'>,
): Change {
  const existing = write.db.get<{ id: string }>(
    `SELECT id FROM documents WHERE payload ->> '$.file.sha256' = ? AND ${visibleCondition()} ORDER BY id`,
    [file.sha256],
  );
  if (existing) return updateDocument(write, existing.id, record_ids, name === undefined ? {} : { name });
  const data = { name: name ?? nameOf(file), record_ids: [...new Set(record_ids)], file };
  return { id: createRecord(write, { type: 'document', data }), change: 'created' };
}

function updateDocument(
  write: WriteContext,
  id: string,
  record_ids: readonly string[],
  changes: Readonly<Record<string, Json>>,
): Change {
  const { payload } = visibleRecord(write.db, 'document', id);
  const recordIds = [...new Set([...referencedIds(payload['record_ids']), ...record_ids])];
  const isFirst = record_ids.length > 0 && referencedIds(payload['record_ids']).length === 0;
  const university =
    isFirst && payload['university_id'] == null ? describedUniversity(write, recordIds) : null;
  const fields = {
    ...changes,
    ...(record_ids.length > 0 && { record_ids: recordIds }),
    ...(university !== null && { university_id: university }),
  };
  const data = Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => !jsonEqual(payload[key] ?? null, value)),
  );
  const isChanged = updateRecord(write, { type: 'document', id, data, unset: [] });
  return { id, change: isChanged ? 'updated' : 'unchanged' };
}

/** The file name without extension, with spaces for underscores and control characters. */
const nameOf = ({ name }: StoredFile): string =>
  name
    .replace(/\.[^.]+$/, '')
    .replaceAll(/[_\p{Cc}]+/gu, ' ')
    .trim() || name;
