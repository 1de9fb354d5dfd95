import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeNewFile } from './open-file.ts';

/** Calls `work` with the path of a new file that only this user can read. It is removed afterwards. */
export async function withTemporaryFile<R>(
  name: string,
  content: string | Buffer,
  work: (path: string) => Promise<R>,
): Promise<R> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-copy-'));
  try {
    const path = join(folder, name);
    await writeNewFile(path, content, { mode: 0o600 });
    return await work(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
