import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromData, Order } from '#shared/shell/process.ts';
import { schemaVersion } from '#core/kernel/db/migrate.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { migrateWorkspace, schemaStatus } from '#core/workspace/migrate.ts';
import { createHost } from '#data/host.ts';
import type { Host } from '#data/host.ts';
import { connectTo } from '#test/support/data-host.ts';
import { resultOf } from '#test/support/sandboxes.ts';

let folder: string;
let host: Host;
let said: FromData[];
let exited: boolean;

function begin(): void {
  said = [];
  exited = false;
  const parent = { on: () => undefined, postMessage: (message: FromData) => void said.push(message) };
  host = createHost(parent, () => (exited = true));
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-host-'));
  begin();
});

afterEach(async () => {
  host.receive({ kind: 'close' }, []);
  await until(() => exited);
  rmSync(folder, { recursive: true, force: true });
});

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
};
/** The next data process, after the one before has ended. */
async function closeAndBegin(): Promise<void> {
  host.receive({ kind: 'close' }, []);
  await until(() => exited);
  begin();
}
const heard = (kind: FromData['kind']) => said.find((message) => message.kind === kind);
const open = (workspace: string, sample = false, order?: Order): void =>
  host.receive(
    { kind: 'open', workspace, target: { kind: 'live' }, sample, name: sample ? 'Sample' : '', order },
    [],
  );

/** As the first start of a new version does. */
const openUpdated = (workspace: string): void =>
  host.receive(
    { kind: 'open', workspace, target: { kind: 'live' }, sample: false, name: '', backUp: true },
    [],
  );

const connect = (): ReturnType<typeof connectTo> => connectTo(host);

describe('the data process', () => {
  it('creates a missing workspace named after its folder, and reports when it is ready', async () => {
    open(join(folder, 'Northern missions'));
    await until(() => heard('ready') !== undefined);
    const info = await connect().workspace.info({});
    expect(info).toMatchObject({ name: 'Northern missions', sample: false, transactions: 1 });
  });

  it('answers ports that came before the workspace was open', async () => {
    open(join(folder, 'W'));
    const info = connect().workspace.info({});
    expect((await info).actor.role).toBe('admin');
  });

  it('fills the sample once, and keeps its changes', async () => {
    const workspace = join(folder, 'Sample');
    open(workspace, true);
    const client = connect();
    expect((await client.workspace.info({})).counts['universities']).toBe(8);
    await client.workspace.clearSample({});
    await closeAndBegin();

    open(workspace, true);
    expect((await connect().workspace.info({})).counts['universities']).toBe(0);
  });

  it('opens without the sample when that cannot be written, and fills it in at the next start', async () => {
    const workspace = join(folder, 'Sample');
    open(workspace);
    await until(() => heard('ready') !== undefined);
    await closeAndBegin();
    const file = new Database(join(workspace, 'frames.sqlite'));
    file.exec(
      `CREATE TRIGGER full BEFORE INSERT ON teams BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`,
    );
    file.close();

    open(workspace, true);
    const info = await connect().workspace.info({});
    expect(info).toMatchObject({ sample: false, counts: { universities: 0 }, transactions: 1 });
    expect(heard('failed')).toBeUndefined();
    expect(readFileSync(join(workspace, 'logs', 'frames.log'), 'utf8')).toContain('sample not filled in');
    await closeAndBegin();
    const mended = new Database(join(workspace, 'frames.sqlite'));
    mended.exec('DROP TRIGGER full');
    mended.close();

    open(workspace, true);
    expect((await connect().workspace.info({})).counts['universities']).toBe(8);
  });

  it('gives each port its own actor', async () => {
    open(join(folder, 'W'));
    const [one, two] = [connect(), connect()];
    const viewer = await one.workspace.createProfile({ name: 'Vera', role: 'viewer' });
    await one.workspace.actAs({ profile: viewer.id });
    expect((await one.workspace.info({})).actor.name).toBe('Vera');
    expect((await two.workspace.info({})).actor.role).toBe('admin');
  });

  it('knows a grant before it confirms', async () => {
    open(join(folder, 'W'));
    const path = join(folder, 'out.json');
    host.receive({ kind: 'grant', id: 'ticket', path, use: 'write' }, []);
    await until(() => heard('granted') !== undefined);
    expect(heard('granted')).toEqual({ kind: 'granted', id: 'ticket' });
    for await (const step of await connect().transfer.exportFile({ grant: 'ticket' }))
      expect(step.kind).toBeTruthy();
    expect(readFileSync(path, 'utf8')).toContain('interfaces');
  });

  it('says why a workspace is refused, without naming a folder', async () => {
    writeFileSync(
      join(folder, 'frames.sqlite'),
      'this is no database at all, but long enough to be looked at'.repeat(50),
    );
    open(folder);
    await until(() => heard('failed') !== undefined);
    expect(heard('failed')).toMatchObject({ reason: 'foreign' });
    expect(JSON.stringify(said)).not.toContain(folder);
  });

  it('examines what can be salvaged of a damaged file, copies it for support, and salvages it', async () => {
    const workspace = join(folder, 'W');
    open(workspace);
    await connect().entities.create({ type: 'team', id: 'one', data: { name: 'One' } });
    await closeAndBegin();
    const live = join(workspace, 'frames.sqlite');
    const damaged = readFileSync(live).fill(0, 0, 4096);
    writeFileSync(live, damaged);
    open(workspace);
    const shown = () => said.find((message) => message.kind === 'failed' && message.salvage !== undefined);
    await until(() => shown() !== undefined);
    expect(shown()).toMatchObject({ salvage: { whole: true, tables: { teams: { now: 1 } } } });
    const path = join(folder, 'support.tgz');
    host.receive({ kind: 'supportCopy', path }, []);
    await until(() => heard('supportCopied') !== undefined);
    expect(heard('supportCopied')).toEqual({ kind: 'supportCopied', problem: null });
    expect(readFileSync(path).length).toBeGreaterThan(1000);
    expect(readFileSync(live).equals(damaged)).toBe(true);
    await closeAndBegin();
    open(workspace, false, { what: 'salvage', actor: null });
    await until(() => heard('ready') !== undefined);
    expect(heard('restored')).toMatchObject({ outcome: { counts: { teams: 1 }, safety: null } });
    expect((await connect().entities.list({ type: 'team' })).rows.map(({ id }) => id)).toEqual(['one']);
  });

  it('carries out requests in order while opening fails', async () => {
    const workspace = join(folder, 'W');
    open(workspace);
    await connect().entities.create({ type: 'team', id: 'one', data: { name: 'One' } });
    await closeAndBegin();
    const live = join(workspace, 'frames.sqlite');
    writeFileSync(live, readFileSync(live).fill(0, 0, 4096));
    open(workspace);
    host.receive({ kind: 'supportCopy', path: join(folder, 'support.tgz') }, []);
    await until(() => said.some((message) => message.kind === 'failed' && message.salvage !== undefined));
    expect(heard('supportCopied')).toMatchObject({ problem: null });
  });

  it('reports an error even if the folder cannot be created', async () => {
    writeFileSync(join(folder, 'file'), '');
    open(join(folder, 'file', 'below'));
    await until(() => heard('failed') !== undefined);
    expect(heard('failed')).toMatchObject({ reason: 'unreadable' });
    expect(JSON.stringify(said)).not.toContain(folder);
  });

  it('refuses a file, and closes a port, when there is no workspace for it', async () => {
    writeFileSync(join(folder, 'file'), '');
    open(join(folder, 'file', 'below'));
    host.receive({ kind: 'grant', id: 'ticket', path: join(folder, 'out.json'), use: 'write' }, []);
    const call = connect().workspace.info({});
    await expect(call).rejects.toBeTruthy();
    await until(() => heard('refused') !== undefined);
    expect(heard('refused')).toEqual({ kind: 'refused', id: 'ticket' });
    expect(heard('granted')).toBeUndefined();
  });

  it('restores a backup before opening the records, and reports the result', async () => {
    const workspace = join(folder, 'W');
    open(workspace);
    const before = connect();
    await before.entities.create({ type: 'team', id: 'one', data: { name: 'One' } });
    const { id } = await resultOf(await before.backups.create({}));
    await before.entities.create({ type: 'team', id: 'two', data: { name: 'Two' } });
    const actor = (await before.workspace.info({})).actor.id;
    await closeAndBegin();
    writeFileSync(join(workspace, 'frames.sqlite'), 'no records');
    open(workspace, false, { what: 'restore', id, actor, another: false });
    await until(() => heard('ready') !== undefined);
    expect(heard('restored')).toMatchObject({ outcome: { what: 'restore', counts: { teams: 1 } } });
    expect(said.filter(({ kind }) => kind === 'restoring').length).toBeGreaterThan(0);
    expect(said.map(({ kind }) => kind).indexOf('restored')).toBeLessThan(
      said.map(({ kind }) => kind).indexOf('ready'),
    );
    const { rows } = await connect().entities.list({ type: 'team' });
    expect(rows.map((row) => row.id)).toEqual(['one']);

    await closeAndBegin();
    writeFileSync(join(workspace, 'frames.sqlite'), 'no records');
    open(workspace, false, { what: 'restore', id: 'none', actor, another: false });
    await until(() => heard('notRestored') !== undefined);
    expect(heard('notRestored')).toMatchObject({
      refused: { code: 'BACKUP', data: { reason: 'missing', id: 'none' } },
    });
    expect(JSON.stringify(heard('notRestored'))).not.toContain(folder);
  });

  it('vacuums the file, and reports the backup folder, while the workspace is closed', async () => {
    const workspace = join(folder, 'W');
    open(workspace);
    const before = connect();
    await before.entities.create({ type: 'team', id: 'one', data: { name: 'One' } });
    const actor = (await before.workspace.info({})).actor.id;
    const done = async (order: Order) => {
      await closeAndBegin();
      open(workspace, false, order);
      await until(() => heard('ready') !== undefined);
      return heard('restored');
    };
    expect(await done({ what: 'vacuum', actor })).toMatchObject({ outcome: { what: 'vacuum' } });
    expect((await connect().entities.list({ type: 'team' })).total).toBe(1);

    const drive = join(folder, 'drive');
    mkdirSync(drive);
    expect(await done({ what: 'place', into: drive, actor })).toMatchObject({
      outcome: { what: 'place', usual: false },
    });
    expect(heard('ready')).toEqual({ kind: 'ready', backups: join(drive, readdirSync(drive)[0] ?? '') });
    const { id } = await resultOf(await connect().backups.create({}));
    expect(readdirSync(join(drive, readdirSync(drive)[0] ?? ''))).toContain(`${id}.frames`);
    expect(await done({ what: 'place', into: null, actor })).toMatchObject({ outcome: { usual: true } });
  });

  it('backs up a workspace that a new version opens for the first time', async () => {
    const workspace = join(folder, 'W');
    open(workspace);
    await connect().entities.create({ type: 'team', id: 'one', data: { name: 'One' } });
    await closeAndBegin();
    openUpdated(workspace);
    const [made] = await connect().backups.list({});
    expect(made).toMatchObject({ reason: 'update', counts: { teams: 1 }, problem: null });
  });

  it('opens the workspace even without space for that backup', async () => {
    const workspace = join(folder, 'W');
    open(workspace);
    await connect().workspace.info({});
    await closeAndBegin();
    rmSync(join(workspace, 'backups'), { recursive: true, force: true });
    writeFileSync(join(workspace, 'backups'), '');
    openUpdated(workspace);
    expect((await connect().workspace.info({})).actor.role).toBe('admin');
  });

  it('restores records and schema from before an update, and leaves them to the older version', async () => {
    const workspace = join(folder, 'W');
    const older = schemaVersion - 1;
    open(workspace);
    const before = connect();
    await before.entities.create({ type: 'team', id: 'one', data: { name: 'One' } });
    const actor = (await before.workspace.info({})).actor.id;
    await closeAndBegin();
    await migrateWorkspace({
      workspace,
      target: older,
      ...systemServices(),
      log: silentLog,
      holder: { kind: 'test', label: 'an older version' },
    });
    openUpdated(workspace);
    const updated = connect();
    const backup = (await updated.backups.list({})).find(({ schema_version }) => schema_version === older);
    expect(backup).toMatchObject({ reason: 'migrate' });
    await updated.entities.create({ type: 'team', id: 'two', data: { name: 'Two' } });
    await resultOf(await updated.sandboxes.create({ name: 'What if' }));
    const sandbox = (await updated.sandboxes.list({}))[0]?.id ?? '';
    await closeAndBegin();

    open(workspace, false, { what: 'goBack', id: backup?.id ?? '', actor });
    await until(() => heard('restored') !== undefined);
    expect(heard('restored')).toMatchObject({ outcome: { what: 'goBack' } });
    expect(schemaStatus(workspace).version).toBe(older);
    expect(schemaStatus(workspace, { kind: 'sandbox', id: sandbox }).version).toBe(older);
    await closeAndBegin();
    open(workspace);
    const { rows } = await connect().entities.list({ type: 'team' });
    expect(rows.map(({ id }) => id)).toEqual(['one']);
    expect(await resultOf(await connect().workspace.verify({}))).toMatchObject({ ok: true });
    // What was done with the newer version is in the backup that going back made.
    const [latest] = (await connect().backups.list({})).filter(({ reason }) => reason === 'restore');
    expect(latest).toMatchObject({ counts: { teams: 2 }, schema_version: schemaVersion });
  });

  it('refuses requests of non-admins, and opens the current file', async () => {
    const workspace = join(folder, 'W');
    open(workspace);
    const { id: actor } = await connect().workspace.createProfile({ name: 'Vera', role: 'viewer' });
    await closeAndBegin();
    open(workspace, false, { what: 'vacuum', actor });
    await until(() => heard('ready') !== undefined);
    expect(heard('notRestored')).toMatchObject({ refused: { code: 'FORBIDDEN' } });
  });

  it('closes the workspace before it ends', async () => {
    open(join(folder, 'W'));
    await connect().workspace.info({});
    host.receive({ kind: 'close' }, []);
    host.receive({ kind: 'close' }, []);
    await until(() => exited);
    expect(said.filter((message) => message.kind === 'closed')).toHaveLength(1);
  });

  it('gives up opening a moment when it is closed meanwhile, and leaves no copy', async () => {
    const workspace = join(folder, 'W');
    open(workspace);
    await connect().workspace.info({});
    await closeAndBegin();
    const target = { kind: 'moment', at: 'now', sandbox: null } as const;
    host.receive({ kind: 'open', workspace, target, sample: false, name: '' }, []);
    host.receive({ kind: 'close' }, []);
    await until(() => exited);
    expect(said).toEqual([{ kind: 'closed' }]);
    expect(readdirSync(workspace)).not.toContain('moments');
  });
});
