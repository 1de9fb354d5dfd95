import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Prunes the backups of a workspace down to the newest, and is killed right after a step of its work on the disk: `pruner FOLDER STEP`. Prints how many steps there were where it comes to its end.
 */
const [folder = '', step = ''] = process.argv.slice(2);
let steps = 0;

/** Whatever changes names: each call is a step. */
const deeds = ['rename', 'rm', 'mkdtemp', 'unlink', 'rmdir', 'open'] as const;
const promises = fs.promises as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
for (const deed of deeds) {
  const real = promises[deed]?.bind(promises);
  promises[deed] = async (...given) => {
    steps += 1;
    const here = steps === Number(step);
    const result = await real?.(...given);
    if (here) process.kill(process.pid, 'SIGKILL');
    return result;
  };
}
syncBuiltinESMExports();

const { pruneBackups } = await import('#core/versions/prune.ts');
const { workspaceFiles } = await import('#core/kernel/db/files.ts');
const { silentLog } = await import('#core/kernel/logger.ts');

steps = 0;
await pruneBackups({
  backups: workspaceFiles(folder).backups,
  policy: { last: 1, daily: 0, weekly: 0, monthly: 0 },
  now: Date.now(),
  log: silentLog,
});
console.log(JSON.stringify({ steps }));
