import { communityTask } from './analysis/measures/network-groups.ts';
import { structureTask } from './analysis/measures/network-model.ts';
import { measureTask, simulateTask } from './analysis/scenarios/simulate-task.ts';
import { answerTask } from './analysis/questions/find-answer.ts';
import { pathSumsTask } from './analysis/measures/path-sums-task.ts';
import { itemValueTask } from './analysis/repairs/item-value-task.ts';
import {
  copyDurableTask,
  copyTemporaryTask,
  queryFile,
  checkpointWal,
  scrubFile,
  vacuumFile,
} from './kernel/db/tasks.ts';
import { buildQuestionDatabase } from './ask/build-database.ts';
import { walkLog } from './log/audit/walk-log-task.ts';
import { unpackVersionTask } from './versions/file.ts';
import { packVersionTask } from './versions/pack.ts';

/** Every task that a worker can run. */
export const workerTasks = [
  queryFile,
  copyDurableTask,
  copyTemporaryTask,
  checkpointWal,
  vacuumFile,
  scrubFile,
  walkLog,
  packVersionTask,
  unpackVersionTask,
  answerTask,
  simulateTask,
  measureTask,
  structureTask,
  communityTask,
  pathSumsTask,
  itemValueTask,
  buildQuestionDatabase,
] as const;
