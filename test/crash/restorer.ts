/**
 * A process of its own that restores one backup after the other in the place of the records until it is killed. It prints what it begins,
 * and what is done, before it goes on.
 *
 * Arguments: folder, seed, ids of backups with commas between them.
 */
import { writeSync } from 'node:fs';
import { restoreHere } from '#test/support/restore.ts';
import { seededNumbers } from '#test/support/seeded.ts';
import type { Restoring } from './restorer-line.ts';

const [folder, seed, ids] = process.argv.slice(2) as [string, string, string];
const next = seededNumbers(Number(seed));
const backups = ids.split(',');
const say = (line: Restoring): void => void writeSync(1, `${JSON.stringify(line)}\n`);

for (;;) {
  const id = backups[next() % backups.length] as string;
  say({ begun: id });
  const { op_id } = await restoreHere(folder, id);
  say({ done: id, op_id });
}
