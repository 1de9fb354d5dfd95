import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operationSchema } from '#shared/sync/operation.ts';
import { serverText } from '#shared/texts/server-text.ts';
import { fillWorkspace, joinServer, sandbox } from './fill.ts';
import type { Answer, Program, Serving } from './program.ts';
import { assertSame, exportOf, goBack } from './workspace.ts';
import type { Site } from './workspace.ts';

/** The first release that shares sandboxes. */
const sharesSandboxes = 4;
const taken = 'Taken';

interface Served {
  /** Folder of the server. */
  data: string;
  /** Workspaces of two people; the second has a copy of the sandbox that the first shared, if the release shares any. */
  ada: string;
  ben: string;
}

/** Brings a server of an older release forward with its workspaces and shared sandboxes, and back again; each side meets the other's older version. */
export async function checkServer(site: Site): Promise<void> {
  const { folder, old, today, release, check } = site;
  const served = { data: join(folder, 'server'), ada: join(folder, 'ada/w'), ben: join(folder, 'ben/w') };
  const before = await serveAndFill(site, served);
  let serving = await today.serve(served.data, before.port);
  try {
    const isOutdated = release.operations < operationSchema;
    await check(isOutdated ? 'its client is told that it is older' : 'its client syncs', async () => {
      const answer = await old.run(['sync', 'now', '--workspace', served.ada]);
      if (isOutdated) assertToldToUpdate(answer);
      else if (answer.code !== 0) throw new Error(answer.text);
    });
    await check('today’s clients sync', async () => {
      for (const workspace of [served.ada, served.ben]) await syncNow(today, workspace);
    });
    await check('a new workspace gets every shared record', async () => {
      const fresh = join(folder, 'fresh/w');
      await joinServer(today, fresh, serving);
      const atServer = await exportOf(today, fresh, join(folder, 'fresh.json'));
      assertSame(before.records, atServer);
    });
    if (release.schema >= sharesSandboxes)
      await check('the shared sandbox is compared, promoted and taken again', () =>
        useSharedSandbox(today, served.ben),
      );
    await check('its client and server have everything again after going back', async () => {
      // After what the previous check did.
      await syncNow(today, served.ada);
      const now = await exportOf(today, served.ada, join(folder, 'ada-now.json'));
      await today.result(['serve', 'migrate', '--to', String(release.server)], undefined, {
        DATABASE_URL: databaseOf(served.data),
        FRAMES_BACKUP_DIR: join(folder, 'server-backups'),
        FRAMES_SECRET: 'a secret of more than thirty-two characters',
      });
      await serving.stop();
      serving = await old.serve(served.data, before.port);
      await goBack(site, served.ada, now);
      await syncNow(old, served.ada);
    });
  } finally {
    await serving.stop();
  }
}

/** Fills a server and two workspaces by the older release, and lets today's client meet that server. Returns the server's port, and the records at it. */
async function serveAndFill(
  site: Site,
  { data, ada, ben }: Served,
): Promise<{ port: number; records: Awaited<ReturnType<typeof exportOf>> }> {
  const { folder, old, today, release, check } = site;
  const serving = await old.serve(data);
  try {
    await fillWorkspace(old, release, ada);
    await joinServer(old, ada, serving);
    if (release.schema >= sharesSandboxes) {
      await old.result(['sandbox', 'share', sandbox, '--everybody', '--workspace', ada]);
      await syncNow(old, ada);
    }
    await joinServer(old, ben, { ...serving, bootstrap: null });
    if (release.schema >= sharesSandboxes) await take(old, ben, taken);
    await check('today’s client at its server', () => meetOldServer(today, join(folder, 'new/w'), serving));
    const records = await exportOf(old, ben, join(folder, 'ben.json'));
    return { port: Number(new URL(serving.url).port), records };
  } finally {
    await serving.stop();
  }
}

/** Today's client joins an older server and sends a change, or is told that the server is older. */
async function meetOldServer(today: Program, workspace: string, serving: Serving): Promise<void> {
  const create = ['entities', 'create', 'team', 'team_new', '--data', '{"name":"New"}'];
  await joinServer(today, workspace, { ...serving, bootstrap: null }).catch((error: unknown) => {
    if (!String(error).includes('"older_server"')) throw error;
  });
  await today.result([...create, '--workspace', workspace]);
  const answer = await today.run(['sync', 'now', '--workspace', workspace]);
  if (answer.code !== 0) assertRefused(answer, 'older_server');
}

interface SyncStatus {
  pending: number;
  in_step: boolean;
}

async function syncNow(program: Program, workspace: string): Promise<void> {
  const status = await program.result<SyncStatus>(['sync', 'now', '--workspace', workspace]);
  if (!status.in_step || status.pending > 0)
    throw new Error(`${workspace} is not in step: ${JSON.stringify(status)}`);
}

async function take(program: Program, workspace: string, name: string): Promise<void> {
  const at = ['--workspace', workspace];
  const shared = await program.result<{ id: string }[]>(['sandbox', 'shared', ...at]);
  await program.result(['sandbox', 'take', shared[0]?.id ?? '', '--name', name, ...at]);
}

async function useSharedSandbox(program: Program, workspace: string): Promise<void> {
  const at = ['--workspace', workspace];
  await program.result(['sandbox', 'diff', taken, ...at]);
  await program.result(['verify', '--sandbox', taken, ...at]);
  await program.result(['sandbox', 'promote', taken, '--yes', '--conflicts', 'play', ...at]);
  await take(program, workspace, 'Taken again');
  await syncNow(program, workspace);
}

function assertRefused({ code, json, text }: Answer, reason: string): void {
  const { error } = (json ?? {}) as { error?: { details?: { reason?: string } } };
  if (code === 0 || error?.details?.reason !== reason)
    throw new Error(`not refused as ${reason}: ${code} ${text}`);
}

/** Clients of before the reason `older_client` show the sentence of the server. */
function assertToldToUpdate(answer: Answer): void {
  const { error } = (answer.json ?? {}) as { error?: { message?: string } };
  if (answer.code === 0 || error?.message !== serverText('CLIENT_OUTDATED', {}))
    assertRefused(answer, 'older_client');
}

/** The address of a trial's Postgres while it runs. */
function databaseOf(data: string): string {
  const [, , , port] = readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n');
  const secret = readFileSync(join(data, 'postgres-password'), 'utf8').trim();
  return `postgres://frames:${secret}@127.0.0.1:${port}/frames`;
}
