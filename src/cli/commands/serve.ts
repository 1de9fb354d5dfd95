import { resolve } from 'node:path';
import { z } from 'zod';
import type { AnswerQuestion } from '#server/context.ts';
import { serverBackup } from '#shared/contract/server/admin.ts';
import { flag, requiredText, text, wholeNumber } from '../args/option.ts';
import { command } from '../command.ts';
import type { Command } from '../command.ts';
import { CommandFailure, UsageError } from '../output/errors.ts';
import { asJson } from '../output/output.ts';
import { capitalise, countPhrase } from '../format.ts';
import { resultLines } from '../output/result.ts';

/** Loads the server on demand, because it is as large as all other commands together. Desktop packages omit it. */
async function loadServer() {
  try {
    return await import('#server/entry.ts');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(
      'The installed program does not contain the server. Run it from its image or its sources.',
      { cause: error },
    );
  }
}

type Server = Awaited<ReturnType<typeof loadServer>>;

/** Runs `work` with the server. Throws CommandFailure (`SERVER`) with every problem in full, because there is no workspace log. */
async function withServer<T>(work: (server: Server) => Promise<T>): Promise<T> {
  try {
    return await work(await loadServer());
  } catch (error) {
    const { message, problems = [] } = error as Error & { problems?: readonly string[] };
    const [firstProblem = message] = problems;
    const issues = problems.map((problem) => {
      const [, path = '', text = problem] = /^(\w+):? (.*)$/s.exec(problem) ?? [];
      return { path, message: text };
    });
    throw new CommandFailure('SERVER', firstProblem, issues.length > 0 ? { issues } : {});
  }
}

const productionHint = 'Set DATABASE_URL and the other environment variables described in .env.example.';

const serveCommand = (answerQuestion: AnswerQuestion | null) =>
  command({
    path: ['serve'],
    summary: 'Run a server to share workspaces',
    details: [
      'With --trial, runs on this computer only, with the included Postgres; all data is in one folder.',
      `Without --trial, runs a production server. ${productionHint}`,
      'Set up a new server with "frames serve init", or create its first admin with "frames sync join URL --bootstrap TOKEN".',
    ],
    examples: ['frames serve --trial ./server --port 8080', 'frames serve --json'],
    parameters: {},
    options: {
      trial: text('DIR', 'Run a trial server in this folder'),
      port: wholeNumber('N', 'Port of the trial server (default 8080; 0 for any free port)', { max: 65_535 }),
    },
    async run({ stdout, signal, output, workingFolder: folder, environment }, { trial, port }) {
      if (trial === undefined && port !== undefined)
        throw new UsageError('--port requires --trial. In production, set FRAMES_PORT.', {
          argument: '--port',
        });
      const server = await withServer(({ serveTrial, serveProduction }) =>
        trial === undefined
          ? serveProduction(environment, answerQuestion)
          : serveTrial(resolve(folder, trial), { port: port ?? 8080, logLevel: 'warn', answerQuestion }),
      );
      const { url, bootstrap_token } = server;
      if (output.json) stdout.write(`${asJson({ url, bootstrap_token })}\n`);
      else {
        stdout.write(`FRAMES server running at ${url}\n`);
        if (bootstrap_token !== null) stdout.write(`First-admin token: ${bootstrap_token}\n`);
        stdout.write('Press Ctrl+C to stop.\n');
      }
      if (!signal.aborted)
        await new Promise<void>((end) => signal.addEventListener('abort', () => end(), { once: true }));
      await server.stop();
    },
  });

const migrateCommand = command({
  path: ['serve', 'migrate'],
  summary: 'Update the server’s database',
  details: [
    productionHint,
    'Stop all servers first and start them again afterwards. Makes a backup unless the database is empty.',
  ],
  examples: ['frames serve migrate --dry-run', 'frames serve migrate', 'frames serve migrate --to 1'],
  parameters: {},
  options: {
    to: wholeNumber('N', 'Schema step to migrate to, forward or back (default: the newest)'),
    'dry-run': flag('Show the missing steps without changing anything'),
  },
  async run({ output, environment }, { to, 'dry-run': dry }) {
    const report = await withServer(({ migrateDatabase }) => migrateDatabase(environment, { to, dry }));
    output.result(report, () => resultLines(undefined, report, output.width));
  },
});

const initCommand = command({
  path: ['serve', 'init'],
  summary: 'Set up a new server',
  details: [
    productionHint,
    'Does what is missing: creates the database, migrates it, creates the first admin (FRAMES_ADMIN_EMAIL, FRAMES_ADMIN_NAME, ' +
      'FRAMES_ADMIN_PASSWORD), and makes a backup. Then serves for a moment on this computer, and fails unless that server is healthy.',
    'After an error, run it again to continue.',
  ],
  examples: ['frames serve init', 'frames serve init --json'],
  parameters: {},
  options: {},
  async run({ output, environment }) {
    const result = await withServer(({ initServer }) => initServer(environment));
    output.result(result, () => [...resultLines(undefined, result, output.width), 'The server is ready.']);
  },
});

const backupCommand = command({
  path: ['serve', 'backup'],
  summary: 'Back up the server',
  details: [productionHint, 'The server can keep running; the backup is a consistent snapshot.'],
  parameters: {},
  options: {},
  async run({ output, environment }) {
    const backup = await withServer(({ backUpDatabase }) => backUpDatabase(environment));
    output.result(backup, () => resultLines(serverBackup, backup, output.width));
  },
});

const backupsCommand = command({
  path: ['serve', 'backups'],
  summary: 'List the server’s backups',
  details: [
    productionHint,
    'Marks a backup if its file is missing or its length differs. To compare the contents too, run "frames serve verify".',
  ],
  parameters: {},
  options: {},
  async run({ output, environment }) {
    const backupList = await withServer(({ databaseBackups }) => databaseBackups(environment));
    output.result({ backups: backupList }, () =>
      resultLines(z.array(serverBackup), backupList, output.width),
    );
  },
});

const restoreCommand = command({
  path: ['serve', 'restore'],
  summary: 'Restore the server from a backup',
  details: [
    productionHint,
    'Makes a backup first. Running servers are unavailable during the restore. Workspaces send changes that the backup lacks again ' +
      'at their next sync.',
  ],
  examples: ['frames serve restore 20260101T030000Z-1a2b3c --confirm 20260101T030000Z-1a2b3c'],
  parameters: { id: requiredText('ID', 'Backup id') },
  options: { confirm: requiredText('ID', 'Repeat the backup id to confirm') },
  async run({ output, environment }, { id, confirm }) {
    if (id !== confirm)
      throw new UsageError('--confirm must repeat the backup id.', { argument: '--confirm' });
    const job = await withServer(({ restoreDatabase }) => restoreDatabase(environment, { id, confirm }));
    output.result(job, () => [`Restored ${id}. Workspaces send later changes again at their next sync.`]);
  },
});

const verifyCommand = command({
  path: ['serve', 'verify'],
  summary: 'Check the server’s files and backups',
  details: [
    productionHint,
    'Hashes every file of a document in the database, and every backup. Lists documents whose file is missing or damaged: workspaces ' +
      'that have it send it again at their next sync. Exits with 1 if anything is missing or damaged.',
  ],
  parameters: {},
  options: {},
  async run({ output, environment }) {
    const report = await withServer(({ verifyServer }) => verifyServer(environment));
    output.result(report, () => resultLines(undefined, report, output.width));
    if (report.ok) return;
    const damagedBackups = report.backups.filter(({ problem }) => problem !== null).length;
    throw new CommandFailure(
      'NOT_VERIFIED',
      `${capitalise(countPhrase(report.files.problems.length, 'document'))} without an intact file, and ${countPhrase(damagedBackups, 'backup')} that cannot be restored.`,
      {},
    );
  },
});

const statusCommand = command({
  path: ['serve', 'status'],
  summary: 'Show the server’s database and status',
  details: [
    productionHint,
    'Exits with 1 if the server needs attention: a wrong schema, failed jobs, a missing backup, missing or damaged files.',
  ],
  parameters: {},
  options: {},
  async run({ output, environment }) {
    const result = await withServer(({ databaseStatus }) => databaseStatus(environment));
    output.result(result, () => resultLines(undefined, result, output.width));
    if (!result.ok) throw new CommandFailure('NOT_WELL', result.problems.join(' '), {});
  },
});

/** `answerQuestion` is null in a program without workspaces. */
export const createServeCommands = (answerQuestion: AnswerQuestion | null): readonly Command[] => [
  serveCommand(answerQuestion),
  initCommand,
  migrateCommand,
  backupCommand,
  backupsCommand,
  restoreCommand,
  verifyCommand,
  statusCommand,
];
