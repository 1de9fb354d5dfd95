import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useWorkerProgram } from '#core/kernel/workers/worker-pool.ts';
import { taskProgramVariable } from '#shared/shell/task-program.ts';
import { root } from '#scripts/lib/paths.ts';

if (process.env['FRAMES_TEST_BUNDLES'] === '1') {
  useWorkerProgram(pathToFileURL(join(root, 'out/worker.js')));
  process.env[taskProgramVariable] = JSON.stringify([process.execPath, join(root, 'out/process.js')]);
}
