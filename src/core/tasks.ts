import { fileDigest, writePart } from './backup/part.ts';
import { storeSources } from './backup/pack/deed.ts';
import { copyLasting, copyPassing, queryFile, checkpointWal } from './kernel/db/tasks.ts';
import { walkLog } from './log/audit/walk-log-task.ts';

/** Every task that a worker can run. */
export const tasks = [
  queryFile,
  copyLasting,
  copyPassing,
  checkpointWal,
  walkLog,
  storeSources,
  writePart,
  fileDigest,
] as const;
