import { createHash } from 'node:crypto';
import { openPlain } from '../backup/plain-file.ts';

/** Size and SHA-256 of a plain file, which is opened for reading only. Throws NotPlain, and what the system throws. */
export async function sumOfFile(file: string): Promise<{ bytes: number; sha256: string }> {
  const handle = await openPlain(file);
  try {
    const whole = createHash('sha256');
    const block = Buffer.alloc(2 ** 20);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await handle.read(block, 0, block.length, bytes);
      if (bytesRead === 0) return { bytes, sha256: whole.digest('hex') };
      whole.update(block.subarray(0, bytesRead));
      bytes += bytesRead;
    }
  } finally {
    await handle.close();
  }
}
