import Database from 'better-sqlite3';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { programFile } from '#test/support/program.ts';
import { hastyClock } from './support.ts';
import { drain, importFile, refusedWith, stateOf, verified, workspaceForEach } from './workspace.ts';
import { tmpdir } from 'node:os';
import { checkRoom } from '#core/import/write.ts';

const workspace = workspaceForEach(hastyClock());

/** A file with so many teams, some university and interfaces. */
function large(teams: number): object {
  return {
    universities: [{ id: 'u', name: 'U' }],
    teams: Array.from({ length: teams }, (_, index) => ({
      id: `t${index}`,
      name: `Team ${index}`,
      university_id: 'u',
      size: 4,
    })),
    interfaces: Array.from({ length: teams - 1 }, (_, index) => ({
      id: `i${index}`,
      from: `t${index}`,
      to: `t${index + 1}`,
      energyLoss: 5,
    })),
  };
}

describe('an import that is cancelled', () => {
  it.each(['reading', 'checking', 'writing', 'verifying'])(
    'while it is %s takes everything back',
    async (step) => {
      await workspace.client.entities.create({ type: 'team', id: 'mine', data: { name: 'Mine' } });
      const path = workspace.put(large(600));
      const stop = new AbortController();
      const grant = workspace.core.grants.issue(path, 'read');
      const stream = await workspace.client.transfer.importFile(
        { grant, force: true },
        { signal: stop.signal },
      );
      const seen: string[] = [];
      const cancelled = refusedWith(
        (async () => {
          for await (const event of stream) {
            if (event.kind === 'result') return;
            seen.push(event.step);
            if (event.step === step) stop.abort();
          }
        })(),
      );
      expect(await cancelled).toMatchObject({ code: 'CANCELLED' });
      expect(seen).toContain(step);
      expect([...(await stateOf(workspace)).keys()]).toEqual(['mine']);
      expect((await verified(workspace)).ok).toBe(true);
      await workspace.client.entities.create({ type: 'team', id: 'after', data: { name: 'After' } });
    },
  );

  it('by leaving the stream takes everything back', async () => {
    const grant = workspace.core.grants.issue(workspace.put(large(600)), 'read');
    for await (const event of await workspace.client.transfer.importFile({ grant })) {
      if (event.kind === 'progress' && event.step === 'writing') break;
    }
    expect((await stateOf(workspace)).size).toBe(0);
    expect((await workspace.client.history.list({})).total).toBe(1);
  });
});

describe('while an import runs', () => {
  it('reads are served, and do not see it until it is done', async () => {
    const grant = workspace.core.grants.issue(workspace.put(large(600)), 'read');
    const seen = new Set<number>();
    let during = 0;
    for await (const event of await workspace.client.transfer.importFile({ grant })) {
      if (event.kind === 'result') break;
      seen.add((await workspace.client.entities.counts({})).teams as number);
      during += 1;
    }
    expect([...seen]).toEqual([0]);
    expect(during).toBeGreaterThan(1);
    expect((await workspace.client.entities.counts({})).teams).toBe(600);
  });

  it('writes of others wait', async () => {
    const importing = importFile(workspace, workspace.put(large(600)), { force: true });
    const created = workspace.client.entities.create({ type: 'team', id: 'mine', data: { name: 'Mine' } });
    await Promise.all([importing, created]);
    expect((await stateOf(workspace)).size).toBe(600 + 599 + 2);
    expect((await verified(workspace)).ok).toBe(true);
  });
});

describe('an import whose records do not arrive as they should', () => {
  /** Makes the database itself misbehave, as a bug or a bad disk would. */
  async function sabotage(trigger: string): Promise<void> {
    await workspace.core.close();
    const raw = new Database(workspace.core.services.files.live);
    raw.exec(trigger);
    raw.close();
    await workspace.reopen();
  }

  it.each([
    [
      'a record differs',
      `UPDATE teams SET payload = json_set(payload, '$.name', 'X') WHERE id = new.id`,
      'differs',
    ],
    ['a record is missing', `DELETE FROM teams WHERE id = new.id`, '99 teams instead of 100'],
    ['a record is deleted', `UPDATE teams SET deleted_at = 'x' WHERE id = new.id`, '99 teams instead of 100'],
  ])('is taken back when %s', async (_, statement, hint) => {
    await sabotage(
      `CREATE TRIGGER sabotage AFTER INSERT ON teams WHEN new.id = 't42' BEGIN ${statement}; END`,
    );
    const fault = await refusedWith(importFile(workspace, workspace.put(large(100))));
    expect(fault).toMatchObject({ code: 'WORKSPACE', data: { reason: 'not_verified' } });
    expect(fault.message).toContain(hint);
    expect((await stateOf(workspace)).size).toBe(0);
    expect((await workspace.client.history.list({})).total).toBe(1);
  });
});

describe('a process that is killed while it imports', () => {
  const child = programFile(new URL('./import-child.ts', import.meta.url));

  it('leaves nothing of the import', async () => {
    const path = workspace.put(large(600));
    await workspace.client.entities.create({ type: 'team', id: 'mine', data: { name: 'Mine' } });
    await workspace.core.close();
    for (const [step, done] of [
      ['checking', 0],
      ['writing', 1],
      ['writing', 900],
      ['verifying', 0],
    ] as const) {
      const running = spawn(process.execPath, [child, workspace.folder, path, step, String(done)], {
        stdio: 'inherit',
      });
      expect(await once(running, 'exit')).toEqual([null, 'SIGKILL']);
    }
    await workspace.reopen();
    expect([...(await stateOf(workspace)).keys()]).toEqual(['mine']);
    expect((await verified(workspace)).ok).toBe(true);
    const { result } = await importFile(workspace, path, { force: true });
    expect(result.created.teams).toBe(600);
  });
});

describe('a preview that is cancelled', () => {
  it('ends', async () => {
    const stop = new AbortController();
    const grant = workspace.core.grants.issue(workspace.put(large(600)), 'read');
    const stream = await workspace.client.transfer.preview({ grant }, { signal: stop.signal });
    stop.abort();
    expect(await refusedWith(drain(stream))).toMatchObject({ code: 'CANCELLED' });
  });
});

describe('checkRoom', () => {
  it('refuses an import without enough disk space, with the amount needed', async () => {
    const small = () => Promise.resolve(1024 * 1024);
    await expect(checkRoom(tmpdir(), 10 * 1024 * 1024, small)).rejects.toMatchObject({
      code: 'BAD_FILE',
      data: { reason: 'no_room' },
      message: 'The import needs about 60 MB; the disk has 1 MB free.',
    });
  });

  it('asks the disk itself', async () => {
    await expect(checkRoom(tmpdir(), 1)).resolves.toBeUndefined();
    await expect(checkRoom(tmpdir(), Number.MAX_SAFE_INTEGER)).rejects.toMatchObject({ code: 'BAD_FILE' });
  });
});
