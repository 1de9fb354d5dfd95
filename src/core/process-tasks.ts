import { querySql } from './ask/query-task.ts';
import { extractText } from './documents/text/extract-text.ts';
import { implementTask } from './kernel/processes/task.ts';

/** What a process of its own can be asked to do. Each is loaded only when it is asked for. */
export const processTasks = [
  implementTask(extractText, async () => (await import('./documents/text/extract.ts')).extract),
  implementTask(querySql, async () => (await import('./ask/query-sql.ts')).runSql),
];
