/** A process of its own, which may be another user's, that opens a workspace as the data process does and prints what came of it. Argument: folder. */
import { writeSync } from 'node:fs';
import { openByData } from './opening.ts';

const [folder] = process.argv.slice(2) as [string];
writeSync(1, JSON.stringify(await openByData(folder)));
// A window's port would keep it.
process.exit(0);
