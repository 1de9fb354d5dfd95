import { chmod, cp, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Electron } from '../electron-kinds.ts';

/** Files of a build's folder that are not part of Electron, or that no packaged program needs. */
const leftOut = new Set(['.frames-integrity', 'resources/default_app.asar']);

/**
 * Copies an Electron to `folder` for packaging, without leftovers of the download, and with the same
 * modes whatever the umask was, so that two builds are identical.
 */
export async function copyElectron(electron: Electron, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const entry of await readdir(electron.dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name).slice(electron.dist.length + 1);
    if (leftOut.has(path)) continue;
    await cp(join(electron.dist, path), join(folder, path));
    await chmod(join(folder, path), isProgram(path) ? 0o755 : 0o644);
  }
}

const isProgram = (path: string): boolean =>
  ['electron', 'chrome-sandbox', 'chrome_crashpad_handler'].includes(path) || /\.so(\.\d+)?$/.test(path);
