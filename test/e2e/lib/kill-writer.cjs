// Kills the process `pid` as soon as the file has more than `bytes`. Runs as a process of its own, because
// the one of the tests is busy with the window and would come too late.
const { statSync } = require('node:fs');

const [file, bytes, pid] = process.argv.slice(2);
process.stdout.write('ready\n');
while ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) <= Number(bytes));
process.kill(Number(pid), 'SIGKILL');
