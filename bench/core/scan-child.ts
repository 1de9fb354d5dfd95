import { readRepository } from '#core/code-maps/read-repository.ts';
import type { ScanRequest } from '#core/code-maps/scan-task.ts';

/** Scans a repository, and prints the most memory that the process had, in MB. Arguments: the request as JSON, a folder for files. */
const [request = '', scratch = ''] = process.argv.slice(2);
const resident = (): number => process.memoryUsage.rss() / 1_000_000;
let most = resident();
// The peak that the system reports would be that of the process that started this one.
const watch = setInterval(() => (most = Math.max(most, resident())), 5);
const { map } = await readRepository(JSON.parse(request) as ScanRequest, scratch);
clearInterval(watch);
if (map.files.length === 0) throw new Error('the map has no files');
console.log(Math.max(most, resident()));
