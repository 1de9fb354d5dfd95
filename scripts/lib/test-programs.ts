import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildTaskPrograms, bundleTogether } from './bundle.ts';
import { commandSources } from './command-sources.ts';
import { isFresh } from './fresh.ts';
import { root } from './paths.ts';

/** Programs that tests start as processes of their own. */
const programs = [
  'test/core/compare/oracle.ts',
  'test/core/events/consumer.ts',
  'test/core/kernel/db/damage-noter.ts',
  'test/core/kernel/processes/parent.ts',
  'test/core/kernel/processes/tasks.ts',
  'test/core/log/commands/no-thread-child.ts',
  'test/core/transfer/import-child.ts',
  'test/crash/backer.ts',
  'test/crash/golden-keeper.ts',
  'test/crash/migrator.ts',
  'test/crash/player.ts',
  'test/crash/promoter.ts',
  'test/crash/pruner.ts',
  'test/crash/restorer.ts',
  'test/crash/vacuumer.ts',
  'test/crash/writer.ts',
  'test/damage/opener.ts',
  'test/jobs/server-worker.ts',
  'test/jobs/worker.ts',
];

const folder = 'out/test';
const stamp = join(root, folder, '.built');
const sources = [
  ...commandSources,
  'src/data',
  'test/support',
  'test/crash',
  'test/damage',
  ...programs,
  'package-lock.json',
].map((source) => join(root, source));

/** Whether the bundles of test programs and workers are up to date. */
export const areTestProgramsFresh = (): Promise<boolean> => isFresh(stamp, sources);

/** Bundles the programs of tests, and of workers, unless they are up to date. */
export async function buildTestPrograms(): Promise<void> {
  if (await areTestProgramsFresh()) return;
  const started = new Date();
  await buildTaskPrograms();
  const entries = Object.fromEntries(programs.map((program) => [nameOf(program), program]));
  await bundleTogether(entries, folder, ['vitest']);
  await writeFile(stamp, '');
  await utimes(stamp, started, started);
}

/** The bundle of a program, by its source's path from the root of the project. Undefined if the program is not bundled. */
export function bundleOf(program: string): string | undefined {
  return programs.includes(program) ? join(root, folder, `${nameOf(program)}.js`) : undefined;
}

/** All in one folder: core finds the program of workers relative to its own place. */
const nameOf = (program: string): string => program.replace(/\.ts$/, '').replaceAll('/', '.');
