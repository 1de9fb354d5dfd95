import { statfs } from 'node:fs/promises';

/** How many bytes the disk under a folder still takes. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
