import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FromData, Order } from '#shared/shell/process.ts';
import { createHost } from '#data/host.ts';
import type { Host } from '#data/host.ts';
import { connectTo } from '#test/support/data-host.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { spoilTable } from '#test/support/spoil.ts';

let folder: string;
let workspace: string;
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
  folder = makeFolder();
  workspace = join(folder, 'W');
  begin();
});
afterEach(async () => {
  host.receive({ kind: 'close' }, []);
  await until(() => exited);
  removeFolder(folder);
});

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
};
async function closeAndBegin(): Promise<void> {
  host.receive({ kind: 'close' }, []);
  await until(() => exited);
  begin();
}
function heard<K extends FromData['kind']>(kind: K): Extract<FromData, { kind: K }>[] {
  return said.filter((message): message is Extract<FromData, { kind: K }> => message.kind === kind);
}
const open = (order?: Order): void =>
  host.receive({ kind: 'open', workspace, target: { kind: 'live' }, sample: false, name: '', order }, []);
const ended = () => until(() => heard('ready').length + heard('failed').length > 0);
/** What is told of a workspace that cannot be opened, once it was looked what can be salvaged. */
async function looked(): Promise<Extract<FromData, { kind: 'failed' }>> {
  const last = () => heard('failed').at(-1);
  await until(() => last()?.salvage !== undefined || last()?.salvageRefused !== undefined);
  return heard('failed').at(-1) as Extract<FromData, { kind: 'failed' }>;
}

/** A closed workspace with a team, and a backup of it. Returns the backup's id. */
async function made(): Promise<string> {
  open();
  const client = connectTo(host);
  await client.entities.create({ type: 'team', id: 'one', data: { name: 'One' } });
  const { id } = await resultOf(await client.backups.create({}));
  await closeAndBegin();
  return id;
}
function damage(): void {
  const live = join(workspace, 'frames.sqlite');
  writeFileSync(live, readFileSync(live).fill(0, 0, 4096));
}
const restore = (id: string): Extract<Order, { what: 'restore' }> => ({
  what: 'restore',
  id,
  actor: null,
  another: false,
});

describe('a workspace that cannot be opened', () => {
  it('can be examined and copied for support after a cancelled request', async () => {
    const id = await made();
    damage();
    open(restore(id));
    host.receive({ kind: 'cancelRestore' }, []);
    await ended();
    expect(heard('notRestored')).toMatchObject([{ refused: { code: 'CANCELLED' } }]);
    const path = join(folder, 'support.tgz');
    host.receive({ kind: 'supportCopy', path }, []);
    await until(() => heard('supportCopied').length > 0);
    expect(heard('supportCopied')).toEqual([{ kind: 'supportCopied', problem: null }]);
    expect(readFileSync(path).length).toBeGreaterThan(1000);
    expect((await looked()).salvage).toMatchObject({ whole: true });
  });

  it('lists backups that live does not continue after those it does, with their reasons', async () => {
    const first = await made();
    open();
    const client = connectTo(host);
    await client.entities.create({ type: 'team', id: 'two', data: { name: 'Two' } });
    const { id: second } = await resultOf(await client.backups.create({}));
    await closeAndBegin();
    damage();
    open(restore(first));
    await ended();
    await connectTo(host).entities.create({ type: 'team', id: 'three', data: { name: 'Three' } });
    await closeAndBegin();
    damage();
    open();
    const { backups, salvage } = await looked();
    expect(backups.map((one) => [one.id, one.reason, one.replaced])).toEqual([
      [first, 'asked', false],
      [second, 'asked', true],
    ]);
    expect(salvage).toMatchObject({ backup: { id: first }, left: [] });
  });

  /** As `made`, with backups on a drive that was unplugged since; returns the id of the one in the workspace. */
  async function unplugged(): Promise<string> {
    const id = await made();
    const drive = join(folder, 'drive');
    mkdirSync(drive);
    open();
    const actor = (await connectTo(host).workspace.info({})).actor.id;
    await closeAndBegin();
    open({ what: 'place', into: drive, actor });
    await ended();
    const client = connectTo(host);
    await client.entities.create({ type: 'team', id: 'two', data: { name: 'Two' } });
    await resultOf(await client.backups.create({}));
    await closeAndBegin();
    renameSync(drive, join(folder, 'unplugged'));
    return id;
  }

  it('names missing drives with backups, and offers those of earlier folders', async () => {
    const id = await unplugged();
    damage();
    open();
    const failed = await looked();
    expect(failed).toMatchObject({
      backups: [{ id, another: false, place: { name: null } }],
      absent: [join(folder, 'drive')],
      backupsRefused: { code: 'WORKSPACE', data: { reason: 'no_backups_place' } },
      salvage: { backup: { id } },
    });
    expect(JSON.stringify(said)).not.toContain(workspace);
  });

  it('restores a backup from an earlier folder over a missing file', async () => {
    const id = await unplugged();
    rmSync(join(workspace, 'frames.sqlite'));
    open();
    await ended();
    const place = heard('failed')[0]?.backups[0]?.place?.key ?? '';
    await closeAndBegin();
    open({ ...restore(id), place });
    await ended();
    expect(heard('notRestored')).toEqual([]);
    expect(await connectTo(host).entities.list({ type: 'team' })).toMatchObject({ total: 1 });
  });

  it.each(['restore', 'salvage'] as const)(
    'makes good a file that is damaged in its middle by a %s while the drive is away',
    async (what) => {
      const id = await unplugged();
      spoilTable(join(workspace, 'frames.sqlite'), 'teams');
      writeFileSync(join(workspace, 'damaged.json'), '{"version":1}\n');
      open();
      await ended();
      const place = heard('failed')[0]?.backups[0]?.place?.key ?? '';
      await closeAndBegin();
      open(what === 'restore' ? { ...restore(id), place } : { what, actor: null });
      await ended();
      expect(heard('notRestored')).toEqual([]);
      expect(heard('restored')).toMatchObject([{ outcome: { what, safety: null } }]);
      const { total } = await connectTo(host).entities.list({ type: 'team' });
      expect(total).toBe(what === 'restore' ? 1 : 2);
    },
  );

  it.each(['unplugged', 'unplugged/frames-backups'])(
    'looks in %s where somebody points there',
    async (to) => {
      const id = await unplugged();
      rmSync(join(workspace, 'frames.sqlite'));
      const [held = ''] = readdirSync(join(folder, 'unplugged'));
      const pointed = join(folder, to.replace('frames-backups', held));
      const elsewhere = { workspace, target: { kind: 'live' as const }, sample: false, name: '', pointed };
      host.receive({ kind: 'open', ...elsewhere }, []);
      await ended();
      const [newest, older] = heard('failed')[0]?.backups ?? [];
      expect(newest).toMatchObject({ another: false, place: { name: join(folder, 'unplugged') } });
      expect(older).toMatchObject({ id, place: { name: null } });
      await closeAndBegin();
      const order = { ...restore(newest?.id ?? ''), place: newest?.place?.key ?? '' };
      host.receive({ kind: 'open', ...elsewhere, order }, []);
      await ended();
      expect(heard('notRestored')).toEqual([]);
      expect(await connectTo(host).entities.list({ type: 'team' })).toMatchObject({ total: 2 });
    },
  );

  it('reports that nothing can be salvaged if the file is unreadable', async () => {
    await made();
    writeFileSync(join(workspace, 'frames.sqlite'), Buffer.alloc(8192, 1));
    open();
    const failed = await looked();
    expect(failed.salvage).toBeNull();
    expect(failed).not.toHaveProperty('salvageRefused');
    expect(failed).toMatchObject({ backups: [{ another: false }] });
    expect(failed).not.toHaveProperty('backupsRefused');
  });

  /** As `made`, where the first profile is a viewer by now and Ada is the admin; damaged. */
  async function led() {
    open();
    const client = connectTo(host);
    const first = (await client.workspace.info({})).actor.id;
    const ada = (await client.workspace.createProfile({ name: 'Ada', role: 'admin' })).id;
    await client.workspace.actAs({ profile: ada });
    await client.workspace.changeProfile({ profile: first, role: 'viewer' });
    const { id } = await resultOf(await client.backups.create({}));
    await closeAndBegin();
    damage();
    return { first, ada, id };
  }
  const orderOf = (what: 'restore' | 'salvage', id: string, actor: string | null): Order =>
    what === 'restore' ? { ...restore(id), actor } : { what, actor };

  describe.each(['restore', 'salvage'] as const)('a %s', (what) => {
    it('acts as the first admin if profiles are unreadable, and records that', async () => {
      const { ada, id } = await led();
      open(orderOf(what, id, null));
      await ended();
      expect(heard('notRestored')).toEqual([]);
      expect(heard('ready')).toHaveLength(1);
      const { rows } = await connectTo(host).history.list({ limit: 1 });
      expect(rows[0]).toMatchObject({ actor: { id: ada }, params: { recovery: true } });
    });

    it('is refused to non-admins, and done in the admin’s name', async () => {
      const { first, ada, id } = await led();
      open();
      const { people } = await looked();
      expect(people?.name).toBe(basename(workspace));
      expect(people?.profiles.map((one) => [one.id, one.role])).toEqual([
        [first, 'viewer'],
        [ada, 'admin'],
      ]);
      await closeAndBegin();
      open(orderOf(what, id, first));
      await ended();
      const refused = { code: 'FORBIDDEN', data: { rule: 'restore_needs_admin' } };
      expect(heard('notRestored')).toMatchObject([{ refused }]);
      expect(heard('ready')).toEqual([]);
      await closeAndBegin();
      open(orderOf(what, id, ada));
      await ended();
      expect(heard('ready')).toHaveLength(1);
      const { rows } = await connectTo(host).history.list({ limit: 1 });
      expect(rows[0]).toMatchObject({ actor: { id: ada } });
      expect(rows[0]?.params).not.toHaveProperty('recovery');
    });
  });

  it('lists its own backups before newer ones of other workspaces, however many there are', async () => {
    const id = await made();
    const own = workspace;
    workspace = join(folder, 'Other');
    open();
    const other = connectTo(host);
    for (let count = 0; count < 21; count += 1) await resultOf(await other.backups.create({}));
    await closeAndBegin();
    const taken = join(workspace, 'backups');
    for (const name of readdirSync(taken))
      cpSync(join(taken, name), join(own, 'backups', name), { recursive: true, force: false });
    workspace = own;
    damage();
    open();
    const { backups } = await looked();
    expect(backups).toHaveLength(20);
    expect(backups[0]).toMatchObject({ id, another: false });
    expect(backups.slice(1).every(({ another }) => another)).toBe(true);
  });
});

it('a backup that finds the history wrong leads to recovery at the next start, until it is right again', async () => {
  const id = await made();
  const db = new Database(join(workspace, 'frames.sqlite'));
  db.exec("UPDATE audit_transactions SET created_at = '2020-01-01T00:00:00.000Z' WHERE id = 1");
  db.close();
  open();
  await expect(resultOf(await connectTo(host).backups.create({}))).rejects.toMatchObject({
    code: 'WORKSPACE',
  });
  await closeAndBegin();
  open();
  expect(await looked()).toMatchObject({ reason: 'damaged', backups: [{ id }] });
  await closeAndBegin();
  open({ ...restore(id) });
  await ended();
  expect(heard('notRestored')).toEqual([]);
  expect(heard('ready')).toHaveLength(1);
  await closeAndBegin();
  open();
  await ended();
  expect(heard('ready')).toHaveLength(1);
});

describe("an order in nobody's name", () => {
  it.each(['restore', 'salvage'] as const)('does no %s if the records can be opened', async (what) => {
    const id = await made();
    open();
    await connectTo(host).entities.create({ type: 'team', id: 'two', data: { name: 'Two' } });
    await closeAndBegin();
    open(what === 'restore' ? restore(id) : { what, actor: null });
    await ended();
    expect(heard('notRestored')).toMatchObject([{ refused: { data: { reason: 'whole' } } }]);
    expect(heard('restored')).toEqual([]);
    expect((await connectTo(host).entities.list({ type: 'team' })).total).toBe(2);
  });
});

describe('reporting the backup folder', () => {
  it('can be cancelled', async () => {
    open();
    const actor = (await connectTo(host).workspace.info({})).actor.id;
    await closeAndBegin();
    const drive = join(folder, 'drive');
    mkdirSync(drive);
    open({ what: 'place', into: drive, actor });
    host.receive({ kind: 'cancelRestore' }, []);
    await ended();
    expect(heard('notRestored')).toMatchObject([{ refused: { code: 'CANCELLED' } }]);
    expect(heard('ready')).toMatchObject([{ backups: join(workspace, 'backups') }]);
    expect(readdirSync(drive)).toEqual([]);
  });
});
