import { existsSync, mkdirSync, readdirSync, writeFileSync, copyFileSync, renameSync } from 'node:fs';
import { join, basename } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { readRecordedHead, readHead } from '#core/log/audit/head.ts';
import { expectSound } from '#test/support/invariants.ts';
import { readLive } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace, verified } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { forkSandbox } from '#core/sandboxes/fork.ts';
import type { ForkOptions } from '#core/sandboxes/fork.ts';
import { fsyncFolder } from '#core/kernel/fsync.ts';

const template = await makeTemplate(preparePeople);

/** What there is of a sandbox that nobody has opened yet. */
const parts = (id: string): string[] => [`${id}.head.json`, `${id}.lock.sqlite`, `${id}.sqlite`];

const left = (workspace: TestWorkspace): string[] => {
  const folder = workspace.files.sandboxes;
  return existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('lock.sqlite')) : [];
};

describe('a sandbox is taken', () => {
  test('from live: has its origin, transaction and author', async () => {
    const workspace = await testWorkspace({ template });
    const head = readHead(workspace.core.services.read);
    const made = await take(workspace.as(), '  What if  ');
    expect(made).toMatchObject({
      id: expect.stringMatching(/^sbx_[0-9a-f-]{36}$/) as string,
      name: 'What if',
      from: 'live',
      base: { id: head.id, op_id: head.op_id, hash: head.hash },
      by: { name: 'Ada' },
      changes: 0,
      archived: null,
      discarded: null,
      problem: null,
    });
    expect(made.counts).toEqual(await workspace.as().entities.counts({}));
    expect(made.bytes).toBeGreaterThan(1000);
    expect(await workspace.as().sandboxes.list({})).toEqual([made]);
    expect(left(workspace).toSorted()).toEqual(parts(made.id));
    expect(readRecordedHead(filesOf(workspace, made.id).head)).toMatchObject({ hash: head.hash });
    expect(await verifyClosed(filesOf(workspace, made.id))).toMatchObject({
      ok: true,
      chain: { kept: true },
    });
  });

  test('without blocking writers, also before it was ever opened', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'Play');
    const reader = new Database(filesOf(workspace, id).data, { readonly: true });
    reader.exec('BEGIN');
    expect(reader.prepare('SELECT count(*) FROM teams').pluck().get()).toBe(2);
    const play = clientOf(await openSandbox(workspace, id));
    await play.entities.create({ type: 'team', data: { name: 'New' } });
    expect(reader.prepare('SELECT count(*) FROM teams').pluck().get()).toBe(2);
    reader.close();
  });

  test('and is edited in its own file, log and replica, while live continues', async () => {
    const workspace = await testWorkspace({ template });
    const { id } = await take(workspace.as(), 'Play');
    const play = await openSandbox(workspace, id);
    const [ada, live] = [clientOf(play), workspace.as()];
    expect(await ada.workspace.info({})).toMatchObject({ sandbox: { id, name: 'Play' } });
    expect(await live.workspace.info({})).toMatchObject({ sandbox: null });
    expect(play.services.source.replica).not.toBe(workspace.core.services.source.replica);
    await ada.entities.update({ type: 'team', id: 'team-a', data: { name: 'Played' } });
    await live.entities.update({ type: 'team', id: 'team-a', data: { name: 'Lived' } });
    expect((await ada.entities.get({ type: 'team', id: 'team-a' })).payload.name).toBe('Played');
    expect((await live.entities.get({ type: 'team', id: 'team-a' })).payload.name).toBe('Lived');
    expect((await live.sandboxes.list({}))[0]).toMatchObject({ changes: 1 });
    await ada.history.undo({});
    expect((await ada.entities.get({ type: 'team', id: 'team-a' })).payload.name).toBe('Alpine team');
    for (const client of [ada, live]) expect((await verified(client)).ok).toBe(true);
  });

  test('at one moment during writes', async () => {
    const workspace = await testWorkspace({ template });
    const other = await workspace.another();
    const over = new AbortController();
    const writing = [workspace.core, other].map(async (core) => {
      for (let at = 0; !over.signal.aborted; at += 1)
        await clientOf(core).entities.create({ type: 'university', data: { name: `U ${at}` } });
    });
    const made = [];
    for (const name of ['one', 'two', 'three']) made.push(await take(workspace.as(), name));
    over.abort();
    await Promise.all(writing);
    for (const { id, base, changes } of made) {
      expect(changes).toBe(0);
      const db = new Database(filesOf(workspace, id).data, { readonly: true });
      try {
        expectSound(db);
        expect(db.prepare('SELECT max(id) FROM audit_transactions').pluck().get()).toBe(base?.id);
        expect(readLive(db).size).toBeGreaterThan(10);
      } finally {
        db.close();
      }
      expect(await verifyClosed(filesOf(workspace, id))).toMatchObject({ ok: true });
    }
  });
});

describe('no sandbox is taken', () => {
  test('under a name that is taken, too long, empty or more than a line', async () => {
    const workspace = await testWorkspace({ template });
    const ada = workspace.as();
    await take(ada, 'Über');
    for (const name of ['ÜBER', ' über '])
      expect((await refused('INVALID', take(ada, name))).data.issues).toMatchObject([
        { path: 'name', code: 'taken' },
      ]);
    for (const name of ['', '  ', 'x'.repeat(121), 'two\nlines'])
      expect((await refused('INVALID', take(ada, name))).data.issues).toMatchObject([{ path: 'name' }]);
    await take(ada, 'x'.repeat(120));
    expect(await ada.sandboxes.list({})).toHaveLength(2);
  });

  test.each(['live', ' LIVE', 'sbx_00000000-0000-7000-8000-000000000000'])(
    'under a name that means something else: %s',
    async (name) => {
      const workspace = await testWorkspace({ template });
      const ada = workspace.as();
      const { data } = await refused('INVALID', take(ada, name));
      expect(data.issues).toMatchObject([{ path: 'name', code: 'reserved' }]);
      const { id } = await take(ada, 'One');
      await refused('INVALID', ada.sandboxes.rename({ id, name }));
      await ada.sandboxes.discard({ id });
      await refused('INVALID', ada.sandboxes.recover({ id, name }));
      expect(await ada.sandboxes.trash({})).toMatchObject([{ name: 'One' }]);
    },
  );

  test('twice under one name at the same moment', async () => {
    const workspace = await testWorkspace({ template });
    const other = await workspace.another();
    const outcomes = await Promise.allSettled([take(workspace.as(), 'Same'), take(clientOf(other), 'Same')]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(left(workspace)).toHaveLength(parts('').length);
  });

  test.each(['nothing', '../frames', 'sbx_../../frames', `sbx_${'0'.repeat(36)}`])(
    'from what is none: %s',
    async (from) => {
      const workspace = await testWorkspace({ template });
      expect((await refused('NOT_FOUND', take(workspace.as(), 'New', from))).data.type).toBe('sandbox');
      expect(left(workspace)).toEqual([]);
    },
  );

  test('if cancelled or abandoned, leaves nothing behind', async () => {
    const workspace = await testWorkspace({ template });
    const early = AbortSignal.abort();
    await refused(
      'CANCELLED',
      workspace.as().sandboxes.create({ name: 'One' }, { signal: early }).then(resultOf),
    );
    const late = new AbortController();
    const stream = await workspace.as().sandboxes.create({ name: 'Two' }, { signal: late.signal });
    const broken = async (): Promise<void> => {
      for await (const _ of stream) late.abort();
    };
    await refused('CANCELLED', broken());
    for await (const _ of await workspace.as().sandboxes.create({ name: 'Three' })) break;
    expect(left(workspace)).toEqual([]);
    expect(await workspace.as().sandboxes.list({})).toEqual([]);
    await take(workspace.as(), 'Two');
  });

  test('when the workspace is closed meanwhile', async () => {
    const workspace = await testWorkspace({ template });
    for (const begun of [true, false]) {
      const core = await workspace.another();
      const stream = await clientOf(core).sandboxes.create({ name: 'Late' });
      if (begun) await stream.next();
      await core.close();
      await refused('CANCELLED', resultOf(stream));
      expect(left(workspace)).toEqual([]);
    }
  });

  test('whose folder is a link or cannot exist', async () => {
    const workspace = await testWorkspace({ template });
    writeFileSync(workspace.files.sandboxes, '');
    const { data, message } = await refused('WORKSPACE', take(workspace.as(), 'New'));
    expect(data.reason).toBe('foreign');
    expect(message).toContain('sandboxes is not a FRAMES file');
  });

  test('and remains of a crash are removed with the next one', async () => {
    const workspace = await testWorkspace({ template });
    mkdirSync(workspace.files.sandboxes);
    const part = `.sbx_0199-${2 ** 22 + 1}.part`;
    for (const end of ['', '-journal']) writeFileSync(join(workspace.files.sandboxes, `${part}${end}`), 'x');
    const running = `.sbx_0199-${process.pid}.part`;
    writeFileSync(join(workspace.files.sandboxes, running), 'x');
    const { id } = await take(workspace.as(), 'New');
    expect(left(workspace).toSorted()).toEqual([running, ...parts(id)]);
  });
});

test('an unfinished copy of a dead process is removed, and one of a running process stays', async () => {
  const workspace = await testWorkspace();
  const { files } = workspace;
  const { id } = await take(workspace.as(), 'Play');
  const built = (pid: number) => join(files.sandboxes, `.${id}-0000-${pid}.part`);
  copyFileSync(files.live, built(process.pid));
  copyFileSync(files.live, join(files.sandboxes, 'dead'));
  renameSync(join(files.sandboxes, 'dead'), built(2 ** 22 + 1));
  await take(workspace.as(), 'Next');
  expect([process.pid, 2 ** 22 + 1].map((pid) => existsSync(built(pid)))).toEqual([true, false]);
});

function forkOf({ core, files }: TestWorkspace, sync: ForkOptions['sync']): Promise<string> {
  const { source, log } = core.services;
  const by = core.session().profile;
  const parts = { files, by, ...source, log, onProgress: () => undefined };
  return forkSandbox({ ...parts, from: { kind: 'live' }, name: 'New', sync });
}

test('a sandbox is there when its name is on the disk, and that of a new folder too', async () => {
  const workspace = await testWorkspace({ template });
  const synced: [string, string[]][] = [];
  const id = await forkOf(workspace, async (folder) => {
    synced.push([basename(folder), readdirSync(folder)]);
    await fsyncFolder(folder);
  });
  const names = (wanted: string): string[] => synced.find(([folder]) => folder === wanted)?.[1] ?? [];
  expect(names('sandboxes')).toEqual(expect.arrayContaining([`${id}.sqlite`, `${id}.head.json`]));
  expect(names('workspace')).toContain('sandboxes');
  expect((await clientOf(await openSandbox(workspace, id)).workspace.info({})).sandbox?.name).toBe('New');
});

test('a sandbox whose name does not reach the disk does not exist, and leaves nothing behind', async () => {
  const workspace = await testWorkspace({ template });
  await take(workspace.as(), 'One');
  const before = readdirSync(workspace.files.sandboxes).toSorted();
  let tried: Promise<unknown> | undefined;
  const failed = forkOf(workspace, async () => {
    const [newest] = readdirSync(workspace.files.sandboxes)
      .filter((name) => name.endsWith('.sqlite'))
      .toSorted()
      .slice(-1);
    // Whoever has seen it already waits for it.
    const id = (newest as string).replace('.sqlite', '');
    tried = refused(
      'NOT_FOUND',
      openSandbox(workspace, id).then(() => filesOf(workspace, id)),
    );
    throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
  });
  const { message } = await refused('WORKSPACE', failed);
  expect(message).toContain('the disk failed to read or write');
  await tried;
  const left = readdirSync(workspace.files.sandboxes).filter((name) => !name.endsWith('.lock.sqlite'));
  expect(left.toSorted()).toEqual(before.filter((name) => !name.endsWith('.lock.sqlite')));
  expect(await workspace.as().sandboxes.list({})).toMatchObject([{ name: 'One' }]);
  await take(workspace.as(), 'New');
});
