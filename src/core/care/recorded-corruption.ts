import type { Finding } from '#shared/contract/care.ts';
import { schemaProblems } from '../log/audit/verify-schema.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { corruptionKindsOf } from '../kernel/db/corruption-kinds.ts';
import { isLogCorruptionRecorded } from '../kernel/db/corruption-guard.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { Log } from '../kernel/logger.ts';
import { foundDamage } from './found-damage.ts';

interface Looked {
  files: WorkspaceFiles;
  log: Log;
  /** Null if the file could not be opened. */
  db: Connection | null;
}

/** The finding about damage that was recorded earlier, after the file was checked again. */
export async function recordedFinding(findings: readonly Finding[], looked: Looked): Promise<Finding> {
  const bad = findings.filter(({ state }) => state === 'bad');
  const found = bad.some(({ code }) => isNone.has(code)) || foundDamage({ findings }).length > 0;
  if (found || (await isOdd(looked))) return { id: 'noted', state: 'bad', code: 'noted.damaged', params: {} };
  const unseen = bad.some(({ id, code }) => id === 'file' || code.endsWith('.unreadable'));
  return { id: 'noted', state: 'warn', code: unseen ? 'noted.unknown' : 'noted.whole', params: {} };
}

const isNone: ReadonlySet<string> = new Set(['file.foreign', 'file.empty']);

async function isOdd({ files, log, db }: Looked): Promise<boolean> {
  if (!db || !isLogCorruptionRecorded(files)) return false;
  const odd = await schemaProblems(db, log);
  return corruptionKindsOf(odd.map(({ finding }) => finding)).length > 0;
}
