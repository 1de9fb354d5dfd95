import type { Finding } from '#shared/contract/care.ts';
import { keptHead, lacksKeptHead, standsIn } from '../audit/head.ts';
import { isAnothers } from '../backup/whose.ts';
import type { ReadHandle } from '../db/connection.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { readFacts } from '../workspace/facts.ts';

/** Whether what was written down beside the file stands in its log; where it does not, whether the file is another workspace's. */
export async function headFinding(db: ReadHandle, files: WorkspaceFiles): Promise<Finding> {
  const found = (state: Finding['state'], code: string): Finding => ({ id: 'head', state, code, params: {} });
  const kept = keptHead(files.head);
  if (kept !== null && !standsIn(db, kept)) {
    const another = await isAnothers(files, readFacts(db).id);
    return found('bad', another ? 'head.another' : 'head.cut');
  }
  return lacksKeptHead(files.head, db) ? found('warn', 'head.missing') : found('good', 'head.kept');
}
