import { reasonOf } from './lib/electron-kinds.ts';
import { buildTestPrograms } from './lib/test-programs.ts';

try {
  await buildTestPrograms();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
