import { createHash } from 'node:crypto';
import { Fault } from '#shared/contract/faults.ts';
import { maxParts } from '#shared/contract/server/files.ts';
import type { ContentPart } from '../kernel/files/contents.ts';
import type { OnProgress } from '../kernel/progress.ts';
import type { Remote } from './remote.ts';

/** Writes a content of the server to a part of a file. Throws SYNC if other bytes arrive. */
export async function download(
  remote: Remote,
  id: string,
  target: ContentPart,
  { onProgress: report, signal }: { onProgress: OnProgress; signal: AbortSignal },
): Promise<void> {
  const digest = createHash('sha256');
  // A second attempt, with a new token, begins again.
  await target.restart();
  let done = 0;
  for (let part = 0, count = 1; part < count; part++) {
    const filePart = await remote.files.read({ id, part }, { signal });
    const bytes = Buffer.from(filePart.data, 'base64');
    count = Math.min(filePart.count, maxParts);
    digest.update(bytes);
    await target.write(bytes);
    done += bytes.length;
    report({ kind: 'progress', step: 'downloading', done, total: filePart.bytes });
  }
  if (digest.digest('hex') !== id) {
    // If the server's copy is damaged, workspaces that have the file send it again.
    const { intact } = await remote.files.check({ id }, { signal });
    throw new Fault('SYNC', { reason: intact ? 'server_error' : 'no_file' });
  }
}
