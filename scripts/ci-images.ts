import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ensureBaseImage, postgresImage } from './lib/images/base-images.ts';
import { buildServerImage, sizeAboveBase } from './lib/images/build-image.ts';
import { openContainers } from './lib/images/containers.ts';
import type { Containers } from './lib/images/containers.ts';
import { until } from './lib/images/until.ts';
import { confined, onStage } from './lib/images/stage.ts';
import type { Stage } from './lib/images/stage.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { currentCommit } from './lib/git.ts';

const mostBytes = 60_000_000;
const { positionals, values } = parseArgs({
  options: { archive: { type: 'string' } },
  allowPositionals: true,
});
const [image = 'localhost/frames-server:ci'] = positionals;

/** Prints what the process with the rights of the container's command may do. */
const probe = `
const { readFileSync, writeFileSync } = require('node:fs');
const status = Object.fromEntries(readFileSync('/proc/1/status', 'utf8').split('\\n').map((line) => line.split(':\\t')));
const refusal = (path) => { try { writeFileSync(path, ''); return 'written'; } catch ({ code }) { return code; } };
console.log(JSON.stringify({
  uid: status.Uid.split('\\t')[0],
  capabilities: [status.CapPrm, status.CapEff, status.CapBnd].join(),
  noNewPrivileges: status.NoNewPrivs,
  root: refusal('/written'),
  app: refusal('/app/written'),
}));`;

const expected = {
  uid: '10001',
  capabilities: ['0', '0', '0'].map((digit) => digit.repeat(16)).join(','),
  noNewPrivileges: '1',
  root: 'EROFS',
  app: 'EROFS',
};

function check(what: string, found: unknown, wanted: unknown): void {
  const [is, shall] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (is !== shall) throw new Error(`${what}: ${is} instead of ${shall}`);
  console.log(`ok ${what}: ${is}`);
}

/** Runs the image over a real Postgres as production does. */
async function runImage(containers: Containers, stage: Stage): Promise<void> {
  const { attempt, output } = containers;
  const password = randomBytes(16).toString('hex');
  const database = [
    '--env=POSTGRES_USER=frames',
    '--env=POSTGRES_DB=frames',
    `--env=POSTGRES_PASSWORD=${password}`,
  ];
  await stage.start('postgres', ...database, postgresImage);
  const postgres = stage.fullName('postgres');
  await until(
    'Postgres answers',
    async () => (await attempt('podman', 'exec', postgres, 'pg_isready', '--host=127.0.0.1')).code === 0,
  );
  const settings = [
    ...confined,
    `--env=DATABASE_URL=postgres://frames:${password}@postgres:5432/frames`,
    `--env=FRAMES_SECRET=${randomBytes(32).toString('base64url')}`,
    '--env=FRAMES_ALLOW_HTTP=1',
    '--env=FRAMES_DRAIN_SECONDS=0',
  ];
  const migrated = JSON.parse(await stage.run(...settings, image, 'serve', 'migrate', '--json')) as {
    steps: string[];
  };
  check('migrate does steps', migrated.steps.length > 0, true);
  await stage.start('server', ...settings, image);
  const server = stage.fullName('server');
  const url = `http://${await stage.addressOf('server')}:8080`;
  await until('the server is ready', async () => (await fetch(`${url}/readyz`)).ok);
  check('GET /readyz', await (await fetch(`${url}/readyz`)).json(), { status: 'ok' });
  for (const page of ['/openapi.json', '/docs', '/docs/swagger-ui-bundle.js', '/redoc/redoc.standalone.js'])
    check(`GET ${page}`, (await fetch(`${url}${page}`)).status, 200);
  check('rights', JSON.parse(await output('podman', 'exec', server, 'node', '-e', probe)), expected);
  check('health check', (await attempt('podman', 'healthcheck', 'run', server)).code, 0);
  await output('podman', 'stop', '--time=30', server);
  check(
    'exit code after stop',
    await output('podman', 'inspect', '--format', '{{.State.ExitCode}}', server),
    '0',
  );
}

/** Writes the image to a file for scanning and pushing. Throws if its base is a stand-in. */
async function writeArchive({ output }: Containers, file: string): Promise<void> {
  const standIn = await output(
    'podman',
    'image',
    'inspect',
    '--format',
    '{{index .Labels "frames.stand-in"}}',
    image,
  );
  if (standIn !== '')
    throw new Error('The base of the image is a stand-in, so the image is for trials only.');
  await rm(file, { force: true });
  await output('podman', 'save', '--format=docker-archive', '--output', file, image);
}

/** Builds the server's image and runs it. */
async function ciImages(): Promise<void> {
  const containers = await openContainers();
  const revision = currentCommit();
  await ensureBaseImage(containers, postgresImage);
  await buildServerImage(containers, { name: image, revision });
  const label = '{{index .Labels "org.opencontainers.image.revision"}}';
  check(
    'revision',
    await containers.output('podman', 'image', 'inspect', '--format', label, image),
    revision,
  );
  const size = await sizeAboveBase(containers, image);
  if (size > mostBytes)
    throw new Error(`The image adds ${megabytes(size)} to its base, and may add ${megabytes(mostBytes)}.`);
  console.log(`ok size above the base: ${megabytes(size)} of ${megabytes(mostBytes)}`);
  await onStage(containers, (stage) => runImage(containers, stage));
  if (values.archive !== undefined) await writeArchive(containers, values.archive);
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

try {
  await ciImages();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
