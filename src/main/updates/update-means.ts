import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readShippedSync } from '#files/open-file.ts';
import type { UpdateMeans } from '#shared/shell/updates.ts';
import type { Channel } from '#shared/updates/manifest.ts';

export interface Packaging {
  isPackaged: boolean;
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  resources: string;
}

export function meansOf({ isPackaged, platform, env, resources }: Packaging): UpdateMeans {
  if (!isPackaged) return 'none';
  if (platform === 'darwin') return 'installer';
  // Set by electron-builder's portable program.
  if (platform === 'win32') return env['PORTABLE_EXECUTABLE_FILE'] === undefined ? 'installer' : 'manual';
  if (env['APPIMAGE'] !== undefined) return 'replace';
  return packageTypeIn(resources) === null ? 'manual' : 'package';
}

/** `deb` or `rpm`, as written into the package by electron-builder; null in other packagings. */
export function packageTypeIn(resources: string): 'deb' | 'rpm' | null {
  try {
    const type = readShippedSync(join(resources, 'package-type')).trim();
    return type === 'deb' || type === 'rpm' ? type : null;
  } catch {
    return null;
  }
}

/** The file name suffix of the update for this packaging. */
export function extensionFor(means: UpdateMeans, { platform, resources }: Packaging): string {
  if (means === 'replace') return '.AppImage';
  if (means === 'package') return `.${packageTypeIn(resources) ?? 'deb'}`;
  if (platform === 'win32') return means === 'manual' ? '-portable.exe' : '.exe';
  return platform === 'darwin' ? '.zip' : '.tar.gz';
}

/** Registers the package repository; present if the package was built with the key of one. */
const registerRepository = '/usr/share/frames/enable-repository';

/** Commands that install updates from the package repository; null if the package knows none. Repositories have stable versions only. */
export function repositoryCommand(
  type: 'deb' | 'rpm',
  channel: Channel,
  script = registerRepository,
): string | null {
  if (channel !== 'stable' || !existsSync(script)) return null;
  const install = {
    deb: 'sudo apt update && sudo apt install frames',
    rpm: 'sudo dnf upgrade --refresh frames',
  };
  return `sudo ${script} && ${install[type]}`;
}

/** Commands that download a package, check its `sha512` (base64) and install it. No shell metacharacters in `url` and `file`. */
export function installCommand(type: 'deb' | 'rpm', url: string, file: string, sha512: string): string {
  const hash = Buffer.from(sha512, 'base64').toString('hex');
  const install = { deb: 'sudo apt install', rpm: 'sudo dnf install' }[type];
  return `curl -fLO '${url}' && echo '${hash}  ${file}' | sha512sum -c && ${install} './${file}'`;
}
