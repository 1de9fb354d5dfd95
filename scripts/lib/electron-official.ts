import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { capture } from './capture.ts';
import { type Electron, type FindOptions, describe, reasonOf } from './electron-kinds.ts';
import { root } from './paths.ts';

const answerMs = 8_000;
const downloadMs = 10 * 60_000;
const forgetAfterMs = 6 * 3_600_000;
const folder = join(root, 'node_modules', 'electron');

/** The part of `@electron/get` that is used here, found through Electron's own installation. */
interface ElectronGet {
  downloadArtifact: (details: {
    version: string;
    artifactName: string;
    cacheRoot: string | undefined;
    checksums: unknown;
    downloader: { download: (url: string) => Promise<void> };
  }) => Promise<string>;
}

/** The version of the official build that package.json pins. */
export function officialVersion(): string {
  return (readJson(join(folder, 'package.json')) as { version: string }).version;
}

/** The official build in node_modules, if its installer has ever come to its end there. */
export function presentOfficial(): Electron | undefined {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const found = describe(join(folder, 'dist'), 'official');
  return found?.version === officialVersion() ? found : undefined;
}

/**
 * Downloads the official build with its own installer, if its address answers within seconds. Gives
 * the reason as a text when it does not; that is remembered for some hours in the cache folder, so
 * that not every start waits for it. Call it under the lock.
 */
export async function downloadOfficial(options: FindOptions): Promise<Electron | string> {
  const noteFile = join(options.cache, 'official-unreachable.json');
  const version = officialVersion();
  const known = options.retry ? undefined : await readNote(noteFile, version);
  if (known !== undefined) return `${known} (tried in the last hours; --retry asks again)`;
  let reason = await whyUnreachable(version, options.signal);
  if (reason === undefined) {
    options.say(`Electron: downloading the official build ${version} …`);
    reason = await install(options.signal);
    const found = presentOfficial();
    if (found) {
      await rm(noteFile, { force: true });
      return found;
    }
  }
  options.signal?.throwIfAborted();
  await mkdir(options.cache, { recursive: true });
  await writeFile(noteFile, JSON.stringify({ version, at: Date.now(), reason }));
  return reason;
}

/** Asks the artifact's real address (mirrors and redirects included) for its first byte. */
async function whyUnreachable(version: string, signal?: AbortSignal): Promise<string | undefined> {
  const need = createRequire(join(folder, 'package.json'));
  const { downloadArtifact } = need('@electron/get') as ElectronGet;
  let answer: string | undefined = 'it was not asked';
  const download = async (url: string): Promise<void> => {
    answer = await ask(url, signal);
    throw new Error('asked only, nothing is downloaded');
  };
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      cacheRoot: process.env['electron_config_cache'],
      checksums: need('./checksums.json'),
      downloader: { download },
    });
    return undefined; // Its own cache has it.
  } catch (error) {
    return answer === 'it was not asked' ? reasonOf(error) : answer;
  }
}

async function ask(url: string, signal?: AbortSignal): Promise<string | undefined> {
  const limit = AbortSignal.timeout(answerMs);
  try {
    const response = await fetch(url, {
      headers: { range: 'bytes=0-0' },
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    await response.body?.cancel();
    return response.ok ? undefined : `its address answers ${response.status}`;
  } catch (error) {
    return limit.aborted ? `no answer within ${answerMs / 1000} s` : reasonOf(error);
  }
}

async function install(signal?: AbortSignal): Promise<string> {
  const limit = AbortSignal.timeout(downloadMs);
  try {
    const result = await capture(process.execPath, [join(folder, 'install.js')], {
      env: withoutOverride(),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    return result.stderr.trim().split('\n')[0] || 'its installer left nothing behind';
  } catch (error) {
    return limit.aborted ? 'the download took too long' : reasonOf(error);
  }
}

function withoutOverride(): NodeJS.ProcessEnv {
  const { ELECTRON_OVERRIDE_DIST_PATH: _unset, ...env } = process.env;
  return env;
}

async function readNote(file: string, version: string): Promise<string | undefined> {
  try {
    const note = JSON.parse(await readFile(file, 'utf8')) as { version: string; at: number; reason: string };
    const age = Date.now() - note.at;
    return note.version === version && age >= 0 && age < forgetAfterMs ? note.reason : undefined;
  } catch {
    return undefined;
  }
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
