import { resolve } from 'node:path';
import { flag, needed, text, whole } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { Failed, UsageError } from '../output/errors.ts';
import { asJson } from '../output/output.ts';

/** Loaded where it is needed: it is as large as all other commands together. */
const loadServer = () => import('#server/serve.ts');
type Server = Awaited<ReturnType<typeof loadServer>>;

/** What keeps a server from starting is said as it is: there is no workspace whose log could have more. */
async function atServer<T>(work: (server: Server) => Promise<T>): Promise<T> {
  try {
    return await work(await loadServer());
  } catch (error) {
    const { message, problems = [] } = error as Error & { problems?: readonly string[] };
    const [first = message] = problems;
    const issues = problems.map((problem) => {
      const [, path = '', what = problem] = /^(\w+):? (.*)$/s.exec(problem) ?? [];
      return { path, message: what };
    });
    throw new Failed('SERVER', first, issues.length > 0 ? { issues } : {});
  }
}

const production = 'It takes DATABASE_URL and the other variables that .env.example explains.';

const serve = command({
  path: ['serve'],
  summary: 'Run a server that workspaces are shared with',
  details: [
    'With --trial everything lies in a folder, with the Postgres that comes with FRAMES, on this computer only.',
    `Without, it is a server in production. ${production}`,
    'The first admin of a new server is made by "frames sync join URL --bootstrap TOKEN", once.',
  ],
  examples: ['frames serve --trial ./server --port 8080', 'frames serve --json'],
  parameters: {},
  options: {
    trial: text('DIR', 'Run a trial in this folder'),
    port: whole('N', 'The port of a trial (8080 unless given; 0 for any)', { max: 65_535 }),
  },
  async run({ stdout, signal, output, folder, environment }, { trial, port }) {
    if (trial === undefined && port !== undefined)
      throw new UsageError('--port goes with --trial; in production FRAMES_PORT says it.', {
        argument: '--port',
      });
    const server = await atServer(({ serveTrial, serveProduction }) =>
      trial === undefined
        ? serveProduction(environment)
        : serveTrial(resolve(folder, trial), { port: port ?? 8080, logLevel: 'warn' }),
    );
    const { url, bootstrap_token } = server;
    if (output.json) stdout.write(`${asJson({ url, bootstrap_token })}\n`);
    else {
      stdout.write(`FRAMES is served at ${url}\n`);
      if (bootstrap_token !== null) stdout.write(`Token for the first admin: ${bootstrap_token}\n`);
      stdout.write('Ctrl+C ends it.\n');
    }
    if (!signal.aborted)
      await new Promise<void>((end) => signal.addEventListener('abort', () => end(), { once: true }));
    await server.stop();
  },
});

const migrate = command({
  path: ['serve', 'migrate'],
  summary: 'Bring the database of a server to the schema of this FRAMES',
  details: [
    production,
    'A database that holds something is backed up first. Stop all servers before, and start them again after it.',
  ],
  examples: ['frames serve migrate --dry-run', 'frames serve migrate', 'frames serve migrate --to 1'],
  parameters: {},
  options: {
    to: whole('N', 'The step to go to, forward or back (the newest unless given)'),
    'dry-run': flag('Say which steps are missing, and change nothing'),
  },
  async run({ output, environment }, { to, 'dry-run': dry }) {
    const report = await atServer(({ migrateDatabase }) => migrateDatabase(environment, { to, dry }));
    const { from, steps, backup } = report;
    output.result(report, () => [
      ...(steps.length === 0 ? [`Nothing to do: the schema is at step ${from}.`] : []),
      ...steps.map((step) => `${report.dry ? 'Missing' : 'Done'}: ${step}`),
      ...(backup === null ? [] : [`Backup made before: ${backup}`]),
    ]);
  },
});

const backup = command({
  path: ['serve', 'backup'],
  summary: 'Back up all that a server holds',
  details: [production, 'It may run meanwhile: the backup is what it held at one moment.'],
  parameters: {},
  options: {},
  async run({ output, environment }) {
    const made = await atServer(({ backUpDatabase }) => backUpDatabase(environment));
    output.result(made, () => [lineOf(made)]);
  },
});

const backups = command({
  path: ['serve', 'backups'],
  summary: 'List the backups of a server',
  details: [production],
  parameters: {},
  options: {},
  async run({ output, environment }) {
    const all = await atServer(({ databaseBackups }) => databaseBackups(environment));
    output.result({ backups: all }, () =>
      all.length === 0 ? ['No backups.'] : all.map((one) => lineOf(one)),
    );
  },
});

interface Listed {
  id: string;
  made_at: string;
  reason: string;
  size: number;
  records: number;
  encrypted: boolean;
}

const lineOf = ({ id, made_at, reason, size, records, encrypted }: Listed): string =>
  [id, made_at, reason, `${records} records`, `${size} bytes`, ...(encrypted ? ['encrypted'] : [])].join(
    '  ',
  );

const restore = command({
  path: ['serve', 'restore'],
  summary: 'Put a backup in the place of all that a server holds',
  details: [
    production,
    'What it holds now is backed up first. Servers that run answer nobody meanwhile. Workspaces offer again what the backup lacks.',
  ],
  examples: ['frames serve restore 20260101T030000Z-1a2b3c --confirm 20260101T030000Z-1a2b3c'],
  parameters: { id: needed('ID', 'The id of the backup') },
  options: { confirm: needed('ID', 'The same id once more') },
  async run({ output, environment }, { id, confirm }) {
    if (id !== confirm)
      throw new UsageError('--confirm must be the id of the backup once more.', { argument: '--confirm' });
    const job = await atServer(({ restoreDatabase }) => restoreDatabase(environment, { id, confirm }));
    output.result(job, () => [`Restored ${id}. Workspaces offer again what it lacks when they sync next.`]);
  },
});

const status = command({
  path: ['serve', 'status'],
  summary: 'Say how the database of a server is, and what runs there',
  details: [production],
  parameters: {},
  options: {},
  async run({ output, environment }) {
    const found = await atServer(({ databaseStatus }) => databaseStatus(environment));
    const { health, job, next } = found;
    const { version, newest } = health.migrations;
    output.result(found, () => [
      `Database: ${health.database.ok ? `answers in ${health.database.latency_ms ?? 0} ms` : 'does not answer'}`,
      `Schema: step ${version ?? '?'} of ${newest}${version === newest ? '' : ' (run "frames serve migrate")'}`,
      `Last backup: ${health.last_backup ?? 'none'}`,
      `Next backup: ${next ?? 'none is due by itself'}`,
      ...(job
        ? [`Last job: ${job.kind}, ${job.state}${job.problem === null ? '' : ` (${job.problem})`}`]
        : []),
    ]);
  },
});

export const serveCommands: readonly Command[] = [serve, migrate, backup, backups, restore, status];
