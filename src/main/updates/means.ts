import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UpdateMeans } from '#shared/shell/updates.ts';

export interface Packaging {
  isPackaged: boolean;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** The folder `resources` of the program. */
  resources: string;
}

/** How the running program is updated. */
export function meansOf({ isPackaged, platform, env, resources }: Packaging): UpdateMeans {
  if (!isPackaged) return 'none';
  if (platform === 'darwin') return 'installer';
  // electron-builder's portable program sets it.
  if (platform === 'win32') return env['PORTABLE_EXECUTABLE_FILE'] === undefined ? 'installer' : 'manual';
  if (env['APPIMAGE'] !== undefined) return 'replace';
  return packageTypeIn(resources) === null ? 'manual' : 'package';
}

/** `deb` or `rpm`, which electron-builder writes into such a package; null elsewhere. */
export function packageTypeIn(resources: string): 'deb' | 'rpm' | null {
  try {
    const type = readFileSync(join(resources, 'package-type'), 'utf8').trim();
    return type === 'deb' || type === 'rpm' ? type : null;
  } catch {
    return null;
  }
}

/** How the name of the file ends that this program is updated with. */
export function extensionFor(means: UpdateMeans, { platform, resources }: Packaging): string {
  if (means === 'replace') return '.AppImage';
  if (means === 'package') return `.${packageTypeIn(resources) ?? 'deb'}`;
  if (platform === 'win32') return means === 'manual' ? '-portable.exe' : '.exe';
  return platform === 'darwin' ? '.zip' : '.tar.gz';
}

/**
 * Shell commands that download a package, compare it with the signed manifest's hash and install it. `sha512` is in base64; `url` and `file` consist
 * of harmless characters.
 */
export function installCommand(type: 'deb' | 'rpm', url: string, file: string, sha512: string): string {
  const hash = Buffer.from(sha512, 'base64').toString('hex');
  const install = { deb: 'sudo apt install', rpm: 'sudo dnf install' }[type];
  return `curl -fLO '${url}' && echo '${hash}  ${file}' | sha512sum -c && ${install} './${file}'`;
}
