import type { Finding } from '#shared/contract/care.ts';
import { readHead, isInLog } from '../log/audit/head.ts';
import type { Head } from '../log/audit/head.ts';
import { isAnothers } from '../versions/place.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { readFacts } from '../log/workspace-facts.ts';

/** Finds whether the recorded head (`kept`) is part of the log; if not, whether the file is another workspace's. */
export async function headFinding(
  db: ReadHandle,
  files: WorkspaceFiles,
  kept: Head | null,
): Promise<Finding> {
  const found = (state: Finding['state'], code: string): Finding => ({ id: 'head', state, code, params: {} });
  if (kept !== null && !isInLog(db, kept)) {
    const another = await isAnothers(files, readFacts(db).id);
    return found('bad', another ? 'head.another' : 'head.cut');
  }
  return kept === null && readHead(db).id > 1 ? found('warn', 'head.missing') : found('good', 'head.kept');
}
