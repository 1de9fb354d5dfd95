import { querySql } from './ask/query-task.ts';
import { extractText } from './documents/text/extract-text.ts';
import { implementTask } from './kernel/processes/task.ts';

/** The tasks of separate processes, each loaded on demand. */
export const processTasks = [
  implementTask(extractText, async () => (await import('./documents/text/extract.ts')).extract),
  implementTask(querySql, async () => (await import('./ask/query-sql.ts')).runSql),
];
