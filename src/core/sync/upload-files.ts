import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { partBytes } from '#shared/contract/server/files.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { BadContent, hasContent, readWholeContent } from '../kernel/files/contents.ts';
import type { Services } from '../model/services.ts';
import { isServerFault } from './remote.ts';
import { changeState, joinedState } from './state.ts';
import type { Round } from './round-context.ts';

const batchSize = 500;
/** Refusals that another attempt would repeat. `NOT_FOUND` means an older server. */
const permanentRefusals = ['TOO_LARGE', 'FORBIDDEN', 'DOCUMENT_NOT_FOUND', 'NOT_FOUND'];

/** Hash of the last uploaded set of files, and of what made the server lose some, so that an unchanged set sends nothing. */
const createUploadBox = (): { uploadedHash?: string } => ({});

const referencedFilesQuery = `SELECT DISTINCT payload ->> '$.file.sha256' AS sha256 FROM documents
  WHERE ${visibleCondition()} AND payload ->> '$.file.sha256' IS NOT NULL ORDER BY sha256`;

/**
 * Uploads the files of visible documents that the server lacks. Refused ones are recorded for the status and tried again in the next
 * hour, wrong ones are logged. Throws SYNC.
 */
export async function uploadFiles({ services, remote, onProgress, signal }: Round): Promise<void> {
  const { read, files, log, queue, source } = services;
  const { user, generation, share, files_damaged = null, files_refused = [] } = joinedState(read);
  if (user.role === 'viewer') return;
  const localFiles = read.column<string>(referencedFilesQuery).filter((sha256) => hasContent(files, sha256));
  const box = services.singletons.get(createUploadBox);
  const hour = Math.floor(source.clock.now() / 3_600_000);
  const hashWith = (refusedFiles: readonly string[]): string => {
    // Its admin may have made space for refused files meanwhile.
    const attempt = refusedFiles.length > 0 ? hour : null;
    return hash('sha256', [generation, files_damaged, user.id, share, attempt, ...localFiles].join('\n'));
  };
  if (localFiles.length === 0 || box.uploadedHash === hashWith(files_refused)) return;
  const nullIfRefused = async <T>(call: Promise<T>, logFields: object): Promise<T | null> => {
    try {
      return await call;
    } catch (error) {
      if (!permanentRefusals.some((code) => isServerFault(error, code))) throw error;
      log.warn({ ...logFields, error: String(error) }, 'the server refused files of documents');
      return null;
    }
  };
  let isComplete = true;
  const refused: string[] = [];
  for (let from = 0; from < localFiles.length; from += batchSize) {
    const hashes = localFiles.slice(from, from + batchSize);
    const answer = await nullIfRefused(remote.files.missing({ hashes }, { signal }), {});
    // An older server has no files.
    if (!answer) break;
    for (const [done, id] of answer.missing.entries()) {
      onProgress({ kind: 'progress', step: 'sending', done, total: answer.missing.length });
      try {
        const upload = uploadFile({ files, remote, signal }, id).then(() => true);
        if (!(await nullIfRefused(upload, { file: id }))) refused.push(id);
      } catch (error) {
        // `VALIDATION_ERROR`: other bytes arrived, as if another program of this user sends the same file at once.
        if (!(error instanceof BadContent) && !isServerFault(error, 'VALIDATION_ERROR')) throw error;
        // The next sync tries again: by then, a wrong file can be repaired.
        isComplete = false;
        log.warn({ file: id, error: String(error) }, 'a wrong file of a document was not uploaded');
      }
    }
  }
  if (!isDeepStrictEqual(files_refused, refused))
    await queue.series('sync', async ({ db }) => changeState(db, { files_refused: refused }));
  if (isComplete) box.uploadedHash = hashWith(refused);
}

/** Reads the whole file before it sends the first part, so that no part of a wrong file leaves. Throws BadContent. */
async function uploadFile(
  { files, remote, signal }: Pick<Services, 'files'> & Pick<Round, 'remote' | 'signal'>,
  id: string,
): Promise<void> {
  const bytes = await readWholeContent(files, id);
  const count = Math.max(1, Math.ceil(bytes.length / partBytes));
  for (let part = 0; part < count; part++) {
    const data = bytes.toString('base64', part * partBytes, (part + 1) * partBytes);
    await remote.files.store({ id, part, count, data }, { signal });
  }
}
