import { serveTask } from './kernel/processes/serve-task.ts';
import { processTasks } from './process-tasks.ts';

/** The program of a process that runs one task, in the folder that its last argument names. */
try {
  await serveTask(processTasks, process.argv.at(-1) ?? '');
  process.exit(0);
} catch {
  // Electron would show an uncaught error in a dialog. Whoever started this learns it from the code.
  process.exit(1);
}
