import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { root } from '#scripts/lib/paths.ts';

const code = `
const db = new (require('better-sqlite3'))(process.argv[1], { readonly: true });
const read = () => console.log(db.pragma('page_count', { simple: true }) > 0);
read();
process.stdin.on('data', read).on('end', () => process.exit());
`;

/** Another program that has a SQLite file open for reading, until it is ended. */
export async function holding(file: string) {
  const child = spawn(process.execPath, ['-e', code, file], {
    cwd: root,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill());
  const lines = createInterface(child.stdout);
  await once(lines, 'line');
  return {
    /** Whether it still reads. */
    async reads(): Promise<string> {
      const line = once(lines, 'line');
      child.stdin.write('\n');
      return String((await line)[0]);
    },
    async end(): Promise<void> {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}
