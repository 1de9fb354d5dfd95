import { clause, sentenceText } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Progress } from '#shared/contract/progress.ts';
import { crowdTemplate } from '#test/support/crowd.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { seededNumbers } from '#test/support/seeded.ts';
import { spoilTable } from '#test/support/spoil.ts';
import { preparePeople } from '#test/support/steps.ts';
import { isLarge } from '#core/kernel/db/worker-queries.ts';
import { TamperBench, verifyClosed } from '#test/support/tamper.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { refused } from '#test/support/refusal.ts';

const textsOf = (problems: readonly Sentence[]): string =>
  problems.map((one) => sentenceText(one)).join('\n');

const crowd = await crowdTemplate();
const people = await makeTemplate(preparePeople);
const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  const ada = workspace.as();
  await Promise.all(
    Array.from({ length: 600 }, (_, index) =>
      ada.entities.create({
        type: 'team',
        data: { name: `T${index}`, university_id: 'uni-a', description: 'x'.repeat(300) },
      }),
    ),
  );
});
const bench = new TamperBench(template);
afterAll(() => bench.dispose());

test('an intact workspace passes, and the report has its counts', async () => {
  const workspace = await testWorkspace({ template });
  const found = await workspace.verify();
  expect(found).toMatchObject({
    ok: true,
    chain: { transactions: 614, rows: 614 },
    replay: { records: 614 },
  });
  expect(found.counts).toMatchObject({ universities: 2, teams: 602, interfaces: 1 });
});

test('progress is reported step by step', async () => {
  const workspace = await testWorkspace({ template });
  workspace.clock.elapsed = ((): (() => number) => {
    let time = 0;
    return () => (time += 60);
  })();
  const steps: Progress[] = [];
  for await (const step of await workspace.as().workspace.verify({}))
    if (step.kind === 'progress') steps.push(step);
  expect([...new Set(steps.map(({ step }) => step))]).toEqual(['integrity', 'chain', 'replay']);
  for (const { done, total } of steps) expect(done).toBeLessThanOrEqual(total ?? 0);
});

test('it can be cancelled', async () => {
  const workspace = await testWorkspace({ template });
  const stop = new AbortController();
  stop.abort();
  const drain = async (): Promise<void> => {
    for await (const _ of await workspace.as().workspace.verify({}, { signal: stop.signal })) continue;
  };
  expect(await refused('CANCELLED', drain())).toMatchObject({ code: 'CANCELLED' });
});

test('concurrent writes are possible: one state of the file is verified', async () => {
  const workspace = await testWorkspace({ template });
  const verifying = workspace.verify();
  const ada = workspace.as();
  for (let size = 1; size < 40; size++)
    await ada.entities.update({ type: 'team', id: 'team-a', data: { size: size + 10 } });
  expect((await verifying).ok).toBe(true);
  expect((await workspace.verify()).ok).toBe(true);
});

describe('damage to the file is a finding, not a failure', () => {
  test('a workspace without its tables', async () => {
    const found = await bench.after((db) => db.exec('DROP TABLE audit_logs; DROP TABLE teams'));
    expect(found.ok).toBe(false);
    expect(textsOf([...found.chain.problems, ...found.replay.problems])).toContain('SQLite cannot read');
  });

  test('pages overwritten with rubbish', async () => {
    const next = seededNumbers(7);
    for (let round = 0; round < 12; round++) {
      await bench.after(() => {});
      const { live } = bench.files;
      const pages = Math.floor(statSync(live).size / 4096);
      const file = openSync(live, 'r+');
      const rubbish = Buffer.from(Array.from({ length: 4096 }, () => next() & 0xff));
      writeSync(file, rubbish, 0, 4096, 4096 * (1 + (next() % (pages - 1))));
      closeSync(file);
      const found = await verifyClosed(bench.files);
      expect(found.ok, `round ${round}`).toBe(false);
    }
  });

  test('a file cut off in the middle', async () => {
    await bench.after(() => {});
    truncateSync(bench.files.live, Math.floor(statSync(bench.files.live).size / 8192) * 4096);
    const found = await verifyClosed(bench.files);
    expect(found).toMatchObject({
      ok: false,
      integrity: { ok: false },
      chain: { ok: false },
      replay: { ok: false },
    });
    expect(textsOf(found.integrity.problems)).not.toMatch(/SELECT|\/tmp/);
  });
});

describe('findings are described in words', () => {
  test.each([
    [`UPDATE audit_logs SET payload_after = '{}' WHERE id = 3`, 'row 3 does not match its digest'],
    [`UPDATE audit_logs SET entity_id = 'x' WHERE id = 3`, 'transaction 3 does not match its hash'],
    [`UPDATE audit_logs SET actor = 'x' WHERE id = 3`, 'row 3 names another actor or time'],
    [`DELETE FROM audit_logs WHERE id = 3`, 'transaction 3 has lost its first row'],
    [`DELETE FROM audit_transactions WHERE id = 3`, 'row 3 belongs to no transaction'],
    [`UPDATE audit_transactions SET params = '{}' WHERE id = 3`, 'the label of transaction 3 was changed'],
    [`UPDATE teams SET payload = '{}' WHERE id = 'team-a'`, 'team team-a is not what the log says it is'],
    [`DELETE FROM teams WHERE id = 'team-a'`, 'team team-a is in the log but not in its table'],
    [
      `INSERT INTO teams (id, payload, created_at, updated_at) VALUES ('zz', '{}', '', '')`,
      'team zz is in its table but not in the log',
    ],
    [`UPDATE teams SET deleted_at = 'now' WHERE id = 'team-a'`, 'team team-a is not what the log says it is'],
    [`UPDATE interfaces SET hidden = 1`, 'link in interfaces is shown or hidden against the rule'],
    [`UPDATE students SET dangling = 1`, 'student-a in students is shown or hidden against the rule'],
    [`DELETE FROM universities WHERE id = 'uni-a'`, 'refers to a record that does not exist'],
  ])('%s', async (sql, words) => {
    const found = await bench.after((db) => db.exec(sql));
    expect(found.ok).toBe(false);
    expect(
      textsOf([...found.integrity.problems, ...found.chain.problems, ...found.replay.problems]),
    ).toContain(words);
  });

  test('when everything is wrong, the list stays readable', async () => {
    const found = await bench.after((db) => db.exec(`UPDATE audit_logs SET payload_after = '{}'`));
    expect(found.chain.problems).toHaveLength(21);
    expect(textsOf(found.chain.problems.slice(-1))).toMatch(/^… and \d+ more$/);
  });
});

test('without a head file there is only less to find', async () => {
  const alone = new TamperBench(template);
  rmSync(alone.files.head);
  expect(await alone.after(() => {})).toMatchObject({ ok: true });
  alone.dispose();
});

test('a planted trigger and a missing index are found', async () => {
  const workspace = await testWorkspace();
  workspace.raw((db) => {
    db.exec('CREATE TRIGGER odd AFTER INSERT ON teams BEGIN DELETE FROM faculty; END');
    db.exec('DROP INDEX teams_list_name');
  });
  const { ok, integrity } = await workspace.verify();
  expect(ok).toBe(false);
  expect(integrity.problems).toEqual(
    expect.arrayContaining([
      clause('notOurs', { part: 'trigger odd' }),
      clause('missing', { part: 'index teams_list_name' }),
    ]),
  );
});

describe('a large file, whose pages are checked in a thread', () => {
  test('passes if intact, also during writes', async () => {
    const workspace = await testWorkspace({ template: crowd });
    expect(isLarge(workspace.files.live)).toBe(true);
    const verifying = workspace.verify();
    const ada = workspace.as();
    for (let size = 1; size < 20; size += 1)
      await ada.entities.update({ type: 'team', id: 'c00001', data: { size } });
    expect(await verifying).toMatchObject({ ok: true, integrity: { ok: true }, replay: { records: 9001 } });
  });

  test('is not whole with a page of rubbish, or with a link that is hidden against the rule', async () => {
    const workspace = await testWorkspace({ template: crowd });
    const link = { from: 'c00001', to: 'c00002' };
    await workspace.as().entities.create({ type: 'interface', id: 'link', data: link });
    workspace.raw((db) => db.exec('UPDATE interfaces SET hidden = 1'));
    const { integrity } = await workspace.verify();
    expect(integrity).toEqual({
      ok: false,
      problems: [clause('hidden', { id: 'link', table: 'interfaces' })],
    });
    await workspace.core.close();
    spoilTable(workspace.files.live, 'students');
    expect(await verifyClosed(workspace.files)).toMatchObject({ ok: false, integrity: { ok: false } });
  });

  test('is left alone when that is cancelled', async () => {
    const workspace = await testWorkspace({ template: crowd });
    const stop = new AbortController();
    const drained = async (): Promise<void> => {
      for await (const _ of await workspace.as().workspace.verify({}, { signal: stop.signal })) stop.abort();
    };
    const { message } = await refused('CANCELLED', drained());
    expect(message).toContain('Nothing was changed');
    expect((await workspace.verify()).ok).toBe(true);
  });
});

describe('untrustworthy files are not written to, repairable ones are', () => {
  const open = () => testWorkspace({ template: people });

  test('an index that is not ours, which a backup lets pass', async () => {
    const workspace = await open();
    workspace.raw((db) => db.exec('CREATE INDEX somebodys ON teams (id, deleted_at)'));
    expect(await workspace.verify()).toMatchObject({
      ok: false,
      integrity: { problems: [clause('notOurs', { part: 'index somebodys' })] },
      damage: [],
    });
    await resultOf(await workspace.as().backups.create({}));
    await workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: 3 } });
    expect(kindsNoted(workspace)).toBeNull();
  });

  test('a link that is hidden against the rule', async () => {
    const workspace = await open();
    workspace.raw((db) => db.exec('UPDATE interfaces SET hidden = 1'));
    expect(await workspace.verify()).toMatchObject({ integrity: { ok: false }, damage: [] });
    await workspace.as().entities.update({ type: 'student', id: 'student-a', data: { team_id: null } });
    expect(kindsNoted(workspace)).toBeNull();
  });

  test.each([
    ['a trigger', 'CREATE TRIGGER somebodys AFTER INSERT ON teams BEGIN SELECT 1; END', /not ours/],
    ['a view', 'CREATE VIEW somebodys AS SELECT * FROM teams', /not ours/],
    ['an index of ours that is gone', 'DROP INDEX teams_list_name', /is missing/],
    ['a column that somebody added', 'ALTER TABLE teams ADD COLUMN odd TEXT', /not as it should be/],
    [
      'a row of the audit that was changed',
      "UPDATE audit_logs SET actor = 'x' WHERE id = 3",
      /another actor/,
    ],
    [
      'an end of the audit that was cut off',
      'DELETE FROM audit_transactions WHERE id = (SELECT max(id) FROM audit_transactions); DELETE FROM audit_logs WHERE id = (SELECT max(id) FROM audit_logs)',
      /its end was cut off/,
    ],
  ])('%s', async (_, sql, words) => {
    const workspace = await open();
    await workspace.reopen();
    workspace.raw((db) => db.exec(sql));
    const { integrity, chain, damage } = await workspace.verify();
    expect(textsOf([...integrity.problems, ...chain.problems])).toMatch(words);
    expect(damage).toEqual(['log']);
    expect(kindsNoted(workspace)).toEqual(['log']);
    const late = workspace.as().entities.create({ type: 'team', data: { name: 'Late' } });
    await expect(late).rejects.toMatchObject({ data: { reason: 'damaged' } });
  });

  test('pages that SQLite cannot read', async () => {
    const workspace = await open();
    await workspace.core.close();
    spoilTable(workspace.files.live, 'teams');
    expect(await verifyClosed(workspace.files)).toMatchObject({
      ok: false,
      damage: ['pages'],
      unread: false,
    });
  });
});

/** The kinds of damage in the note beside live, or null where there is none. */
function kindsNoted({ folder }: { folder: string }): unknown[] | null {
  const mark = join(folder, 'damaged.json');
  if (!existsSync(mark)) return null;
  const lines = readFileSync(mark, 'utf8').trim().split('\n');
  return lines.map((line) => (JSON.parse(line) as { what: unknown }).what);
}
