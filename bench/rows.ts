import { pointRead, verifying } from './core/read.ts';
import { auditedInsert, auditedInsertCpu, auditedUpdate, durableCommit, groupCommit } from './core/write.ts';
import type { Row } from './row.ts';

/** Every row of the bench, in the order in which they run. */
export const rows: readonly Row[] = [
  auditedInsert,
  auditedInsertCpu,
  auditedUpdate,
  pointRead,
  durableCommit,
  groupCommit,
  verifying,
];
