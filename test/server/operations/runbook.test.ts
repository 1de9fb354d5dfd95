import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, inject, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { shellBlocks } from '#scripts/lib/shell-blocks.ts';
import { openDatabase } from '#server/db/database.ts';
import { newestVersion } from '#server/db/migrate.ts';
import { keptPort } from '#test/support/kept-port.ts';
import { testFolder } from '#test/support/folder.ts';
import { databaseUrl } from '../support/postgres.ts';

const folder = join(root, 'docs/operations');
const page = (name: string): string => readFileSync(join(folder, name), 'utf8');

/** In the order of the table in README.md; the trial in it has a test of its own, and containers.md is run by `npm run deploy:rehearse`. */
const session = ['run.md', 'backups.md', 'monitoring.md', 'upgrades.md'];

/** What the unit of run.md starts, with its variables. */
function unit(): { start: string; environment: string } {
  const of = (key: string): string => new RegExp(`^${key}=(.*)$`, 'm').exec(page('run.md'))?.[1] ?? '';
  return { start: of('ExecStart'), environment: of('EnvironmentFile') };
}

/** systemd is not in every place where tests run. This does what it does with the unit: begins the program, and ends it by SIGTERM. */
const systemctl = ({ start, environment }: ReturnType<typeof unit>): string => `
systemctl() {
  [ "$2" = frames ]
  case $1 in
    start)
      ( set -a; . ${environment}; set +a; exec ${start} ) >>log 2>&1 &
      server=$!
      until curl --silent --fail --output /dev/null https://frames.example.edu/readyz; do kill -0 $server; sleep 0.1; done ;;
    stop) kill $server; wait $server ;;
    *) false ;;
  esac
}
trap '[ -z "\${server:-}" ] || kill $server 2>/dev/null || true' EXIT
`;

/** Creates a user who may create databases, as run.md says, and returns its address without a database. */
async function databaseUser(): Promise<{ url: URL; databases: string[] }> {
  const name = `runbook_${randomUUID().replaceAll('-', '')}`;
  const main = openDatabase(inject('postgres'));
  await main.run(`CREATE ROLE ${name} LOGIN CREATEROLE CREATEDB PASSWORD 'pass'`);
  await main.run(`GRANT frames_app TO ${name} WITH ADMIN OPTION`);
  await main.close();
  const url = new URL(databaseUrl(inject('postgres'), name));
  url.username = name;
  url.password = 'pass';
  return { url, databases: [name, `${name}_new`] };
}

/** The session with this machine's addresses and folders in the place of the examples. Throws for an example that no page has. */
function localised(script: string, values: Readonly<Record<string, string>>): string {
  let result = script;
  for (const [example, value] of Object.entries(values)) {
    if (!result.includes(example)) throw new Error(`no page has ${example}`);
    result = result.replaceAll(example, value);
  }
  return result;
}

test('the commands of docs/operations run in order, from the first start to a roll-back', async () => {
  const place = testFolder();
  const { url, databases } = await databaseUser();
  const port = String(await keptPort());
  const at = (name: string): string => new URL(`/${name}`, url).href;
  const example = 'postgres://frames:PASSWORD@db.example.edu:5432';
  const script = localised(
    [systemctl(unit()), ...session.flatMap((name) => shellBlocks(page(name)))].join('\n'),
    {
      [`${example}/frames_new`]: at(databases[1] ?? ''),
      [`${example}/frames`]: at(databases[0] ?? ''),
      'FRAMES_PORT=8080': `FRAMES_PORT=${port}`,
      'https://frames.example.edu': `http://127.0.0.1:${port}`,
      '/etc/frames': join(place, 'etc'),
      '/var/backups/frames': join(place, 'backups'),
      '/opt/frames/bin': join(root, 'bin'),
      '--to N': `--to ${newestVersion - 1}`,
    },
  );
  mkdirSync(join(place, 'work'));
  writeFileSync(join(place, 'session.sh'), script);
  const { FRAMES_ACTOR: _, ...inherited } = process.env;
  const shell = spawn('bash', ['-euo', 'pipefail', '-x', 'session.sh'], {
    cwd: place,
    env: {
      ...inherited,
      PATH: `${join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
      FRAMES_CONFIG: join(place, 'config'),
      FRAMES_DRAIN_SECONDS: '0',
      // Other tests run at the same time; serving.test.ts has the overload.
      FRAMES_OVERLOAD_MS: '0',
      // Backups by schedule come when they are due.
      FRAMES_BACKUP_INTERVAL_HOURS: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => void shell.once('close', resolve));
  const [code, stdout, stderr] = await Promise.all([ended, text(shell.stdout), text(shell.stderr)]);
  expect(code, `${stdout}\n${stderr.slice(-5000)}`).toBe(0);
  // By the first start and twice by hand; before two migrations; before three restores.
  const manifests = readdirSync(join(place, 'backups')).filter((name) => name.endsWith('.json'));
  const reasons = manifests.map((name) => {
    const { reason } = JSON.parse(readFileSync(join(place, 'backups', name), 'utf8')) as { reason: string };
    return reason;
  });
  expect(reasons.toSorted()).toEqual([
    ...Array<string>(3).fill('manual'),
    ...Array<string>(2).fill('migration'),
    ...Array<string>(3).fill('restore'),
  ]);
}, 180_000);

test('every block of commands is run by a test, and no page is left out', () => {
  const withBlocks = readdirSync(folder).filter((name) => page(name).includes('```sh\n'));
  expect(withBlocks.toSorted()).toEqual(['README.md', 'containers.md', ...session].toSorted());
  const index = page('README.md').matchAll(/\]\((\w+\.md)\)/g);
  const named = new Set(['README.md', ...[...index].map(([, name = '']) => name)]);
  expect(named).toEqual(new Set(readdirSync(folder)));
});
