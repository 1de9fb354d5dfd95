import { serveTask } from './kernel/processes/serve-task.ts';
import { processTasks } from './process-tasks.ts';

/** The program of a process that runs one task, in the folder of its last argument. */
try {
  await serveTask(processTasks, process.argv.at(-1) ?? '');
  process.exit(0);
} catch {
  // Electron would show an uncaught error in a dialog. The exit code tells the parent process.
  process.exit(1);
}
