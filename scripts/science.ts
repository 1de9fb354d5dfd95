import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/paths.ts';
import { alarmRows, alarmTable } from './science/alarms.ts';
import { scienceRows, scienceTable } from './science/table.ts';
import { sensitivities, sensitivityTable } from './science/sensitivity.ts';
import { withBlock } from './science/page.ts';

/** Measures the model on known organisations, prints the tables, and writes them between the markers of the pages that show them. */
const blocks = [
  ['docs/guide/insights.md', 'science', scienceTable(await scienceRows())],
  ['docs/guide/insights.md', 'alarms', alarmTable(alarmRows())],
  ['docs/science.md', 'sensitivity', sensitivityTable(await sensitivities())],
] as const;
for (const [page, name, table] of blocks) {
  console.log(`${table}\n`);
  const path = join(root, page);
  writeFileSync(path, withBlock(readFileSync(path, 'utf8'), name, table));
}
