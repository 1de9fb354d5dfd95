/** A process of its own that vacuums a workspace again and again until it is killed. It prints each act before it goes on. Argument: folder. */
import { writeSync } from 'node:fs';
import { vacuum } from '#test/support/vacuum.ts';

const [folder = ''] = process.argv.slice(2);
for (;;) {
  const { op_id } = await vacuum(folder);
  writeSync(1, `${JSON.stringify({ op_id })}\n`);
}
