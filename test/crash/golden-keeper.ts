import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';

/**
 * Publishes a golden version of a workspace, or resets it to the first, and is killed right after a step of its work on names:
 * `golden-keeper FOLDER publish|reset STEP`. Prints how many steps there were where it comes to its end.
 */
const [folder = '', deed = '', step = ''] = process.argv.slice(2);
let steps = 0;

function counted(): boolean {
  steps += 1;
  return steps === Number(step);
}

const names = ['rename', 'rm', 'mkdtemp', 'chmod', 'writeFile', 'link'] as const;
const promises = fs.promises as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
for (const name of names) {
  const real = promises[name]?.bind(promises);
  promises[name] = async (...given) => {
    const here = counted();
    const result = await real?.(...given);
    if (here) process.kill(process.pid, 'SIGKILL');
    return result;
  };
}
const renameSync = fs.renameSync.bind(fs);
fs.renameSync = (from, to) => {
  const here = counted();
  renameSync(from, to);
  if (here) process.kill(process.pid, 'SIGKILL');
};
syncBuiltinESMExports();

const { openCore } = await import('#core/open.ts');
const { silentLog } = await import('#core/kernel/logger.ts');
const { createIds, systemClock, systemRandom } = await import('#core/kernel/system.ts');

const parts = {
  clock: systemClock,
  random: systemRandom,
  ids: createIds(systemClock, systemRandom),
  log: silentLog,
  holder: { kind: 'test' as const, label: 'a keeper' },
  resources: join(import.meta.dirname, '../../resources'),
};

const core = await openCore({ workspace: folder, ...parts });
steps = 0;
const { golden } = core.client(core.session());
const stream = await (deed === 'publish' ? golden.publish({}) : golden.reset({ version: 1 }));
for await (const _ of stream) continue;
// What comes after it was answered is none of its steps.
const done = steps;
await core.close();
console.log(JSON.stringify({ steps: done }));
