import { serveTask } from './kernel/processes/serve-task.ts';
import { querySql } from './ask/query-task.ts';
import { scanTask } from './code-maps/scan-task.ts';
import { extractText } from './documents/text/extract-text.ts';
import { implementTask } from './kernel/processes/task.ts';

/** The tasks of separate processes, each loaded on demand. */
const processTasks = [
  implementTask(extractText, async () => (await import('./documents/text/extract.ts')).extract),
  implementTask(querySql, async () => (await import('./ask/query-sql.ts')).runSql),
  implementTask(scanTask, async () => (await import('./code-maps/read-repository.ts')).readRepository),
];

/** The program of a process that runs one task, in the folder of its last argument. */
try {
  await serveTask(processTasks, process.argv.at(-1) ?? '');
  process.exit(0);
} catch {
  // Electron would show an uncaught error in a dialog. The exit code tells the parent process.
  process.exit(1);
}
