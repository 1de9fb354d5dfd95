import { openFile, openFolder } from '#files/open-file.ts';

/** Whether the system cannot fsync a folder: Windows, which makes names durable by itself, and some shared drives. */
const isUnsupported = (code: unknown): boolean =>
  code === 'EINVAL' || (process.platform === 'win32' && ['EPERM', 'EISDIR', 'EACCES'].includes(String(code)));

export async function fsyncFile(file: string): Promise<void> {
  await using handle = await openFile(file, { access: 'change' });
  await handle.sync();
}

/** Fsyncs a folder where the system can: only then is a new name in it durable. Throws the system's errors, such as EIO and ENOENT. */
export async function fsyncFolder(folder: string): Promise<void> {
  try {
    await using handle = await openFolder(folder);
    await handle.sync();
  } catch (error) {
    if (!isUnsupported((error as NodeJS.ErrnoException).code)) throw error;
  }
}
