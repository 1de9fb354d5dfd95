import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useWorkerProgram } from '#core/kernel/workers/worker-pool.ts';
import { root } from '#scripts/lib/paths.ts';

if (process.env['FRAMES_TEST_BUNDLES'] === '1') useWorkerProgram(pathToFileURL(join(root, 'out/worker.js')));
