import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordCorruption } from '#core/kernel/db/corruption-guard.ts';
import { silentLog } from '#core/kernel/logger.ts';

/** Notes damage of the history in one folder after the other, each as soon as it is said: `damage-noter ROOT COUNT`. */
const [root = '', count = ''] = process.argv.slice(2);

const said = (): number => Number(readFileSync(join(root, 'turn'), 'utf8'));

for (let turn = 1; turn <= Number(count); turn += 1) {
  while (said() < turn);
  recordCorruption({ folder: join(root, String(turn)) }, silentLog, 'log');
  writeFileSync(join(root, 'done'), String(turn));
}
