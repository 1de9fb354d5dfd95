import { describe, expect, test } from 'vitest';
import { createRecord, updateRecord } from '#core/model/commands.ts';
import type { WriteContext } from '#core/log/commands/write-context.ts';
import { Fault } from '#shared/contract/faults.ts';
import { expectSound } from '#test/support/invariants.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);
const make =
  (id: string) =>
  (write: WriteContext): string =>
    createRecord(write, { type: 'team', id, data: { name: id } });

function parts(workspace: TestWorkspace) {
  const { queue } = workspace.core.services;
  return { queue, session: workspace.core.session() };
}
const teams = async (workspace: TestWorkspace): Promise<string[]> =>
  (await workspace.as().entities.list({ type: 'team', search: 't', limit: 1000 })).rows
    .map(({ id }) => id)
    .toSorted();
const commits = (workspace: TestWorkspace): number =>
  workspace.core.services.read.pragma('data_version') as number;

describe('commands in one commit', () => {
  test('share a commit, are each a transaction of the audit, and are answered in their order', async () => {
    const workspace = await testWorkspace({ template });
    const { queue, session } = parts(workspace);
    const before = commits(workspace);
    const answers: string[] = [];
    const ids = Array.from({ length: 32 }, (_, index) => `t${String(index).padStart(2, '0')}`);
    await Promise.all(ids.map(async (id) => answers.push(await queue.command(session, make(id)))));
    expect(answers).toEqual(ids);
    expect(commits(workspace)).toBe(before + 1);
    expect(
      (await workspace.as().history.list({ limit: 1000 })).rows
        .slice(0, 32)
        .map(({ params }) => params['id']),
    ).toEqual(ids.toReversed());
    workspace.raw(expectSound);
  });

  test('are independent: a failing one is rolled back alone', async () => {
    const workspace = await testWorkspace({ template });
    const { queue, session } = parts(workspace);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 32 }, (_, index) =>
        queue.command(session, (write) => {
          make(`t-${index}`)(write);
          if (index % 10 === 7) throw new Fault('ALREADY', { id: 'x', state: 'live' });
          return index;
        }),
      ),
    );
    const failed = outcomes.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
    expect(failed).toEqual([7, 17, 27]);
    const made = (await teams(workspace)).filter((id) => id.startsWith('t-'));
    expect(made).toHaveLength(29);
    expect(made).not.toContain('t-7');
    workspace.raw(expectSound);
    expect((await workspace.verify()).ok).toBe(true);
  });

  test('see earlier ones of the same commit', async () => {
    const workspace = await testWorkspace({ template });
    const { queue, session } = parts(workspace);
    const grow = queue.command.bind(queue, session, (write: WriteContext) => {
      const size =
        (write.db.get<{ size: number }>(`SELECT size FROM teams WHERE id = 'team-a'`)?.size ?? 0) + 1;
      updateRecord(write, { type: 'team', id: 'team-a', data: { size }, unset: [] });
      return size;
    });
    expect(await Promise.all([1, 2, 3, 4].map(() => grow()))).toEqual([6, 7, 8, 9]);
  });

  test('are tried one by one when SQLite finds only at the commit that something is wrong', async () => {
    const workspace = await testWorkspace({ template });
    const { queue, session } = parts(workspace);
    const dangling = (write: WriteContext): void =>
      write.records.create({
        type: 'student',
        id: 'lost',
        payload: { name: 'Lost', university_id: 'nowhere' },
      });
    const outcomes = await Promise.allSettled([
      queue.command(session, make('t-1')),
      queue.command(session, dangling),
      queue.command(session, make('t-2')),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await teams(workspace)).filter((id) => id.startsWith('t-'))).toEqual(['t-1', 't-2']);
    expect(
      workspace.raw((db) => db.prepare(`SELECT count(*) FROM students WHERE id = 'lost'`).pluck().get()),
    ).toBe(0);
    workspace.raw(expectSound);
  });
});

describe('a job', () => {
  test('has exclusive access while it runs; commands before and after it keep their order', async () => {
    const workspace = await testWorkspace({ template });
    const { queue, session } = parts(workspace);
    const order: string[] = [];
    const note = async (what: string, done: Promise<unknown>): Promise<void> => {
      await done;
      order.push(what);
    };
    await Promise.all([
      note('before', queue.command(session, make('t-1'))),
      note(
        'job',
        queue.job(session, 'a job', async (write) => {
          make('t-2')(write);
          await new Promise((resolve) => setTimeout(resolve, 20));
          make('t-3')(write);
          write.audit.copyLabel('several', {});
        }),
      ),
      note('after', queue.command(session, make('t-4'))),
    ]);
    expect(order).toEqual(['before', 'job', 'after']);
    const { rows } = await workspace.as().history.list({ limit: 3 });
    expect(rows.map(({ label, changes }) => [label, changes])).toEqual([
      ['team.create', 1],
      ['several', 2],
      ['team.create', 1],
    ]);
  });

  test('is invisible until it ends, and rolled back if it fails', async () => {
    const workspace = await testWorkspace({ template });
    const { queue, session } = parts(workspace);
    let during: string[] = [];
    const job = queue.job(session, 'a job', async (write) => {
      make('t-half')(write);
      during = await teams(workspace);
      throw new Fault('CANCELLED', {});
    });
    await refused('CANCELLED', job);
    expect(during).not.toContain('t-half');
    expect(await teams(workspace)).not.toContain('t-half');
    await queue.command(session, make('t-next'));
    workspace.raw(expectSound);
  });

  test('that changes nothing leaves no trace in the audit', async () => {
    const workspace = await testWorkspace({ template });
    const { queue, session } = parts(workspace);
    const before = (await workspace.as().workspace.info({})).transactions;
    expect(await queue.job(session, 'nothing', async () => 'done')).toBe('done');
    expect((await workspace.as().workspace.info({})).transactions).toBe(before);
  });
});

test('a command starts however deep in promises the previous one was awaited', async () => {
  const workspace = await testWorkspace({ template });
  const { queue, session } = parts(workspace);
  let call = async (): Promise<number> => queue.command(session, () => 1);
  for (let depth = 0; depth < 12; depth++) {
    const inner = call;
    call = async () => (await inner()) + 0;
    for (let times = 0; times < 3; times++) expect(await call()).toBe(1);
  }
});

describe('closing', () => {
  test('completes queued work and takes no more', async () => {
    const workspace = await testWorkspace({ template });
    const core = await workspace.another();
    const { queue } = core.services;
    const queued = Promise.all(['t-1', 't-2', 't-3'].map((id) => queue.command(core.session(), make(id))));
    const closing = core.close();
    await refused('CANCELLED', queue.command(core.session(), make('t-late')));
    await Promise.all([queued, closing]);
    expect((await teams(workspace)).filter((id) => id.startsWith('t-'))).toEqual(['t-1', 't-2', 't-3']);
  });
});
