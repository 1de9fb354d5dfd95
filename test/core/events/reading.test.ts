import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { EventPage, WorkspaceEvent } from '#shared/events/events.ts';
import { mapMediaType } from '#shared/domain/document-formats.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { locateIn } from '#core/log/records/locate.ts';
import type { WriteContext } from '#core/log/commands/write-context.ts';
import { recordAct } from '#core/model/workspace-settings.ts';
import { erasePerson } from '#test/support/people.ts';
import { refused } from '#test/support/refusal.ts';
import { openSandbox, take } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** All events after a cursor, read in portions. */
async function readAll(
  client: Client,
  { after = null, limit = 1000 }: { after?: string | null; limit?: number } = {},
) {
  const events: WorkspaceEvent[] = [];
  for (let cursor = after; ;) {
    const page: EventPage = await client.events.read({ after: cursor, limit });
    if (page.cursor === cursor) return { events, cursor };
    expect(page.events.length).toBeLessThanOrEqual(Math.max(limit + 3, limit));
    events.push(...page.events);
    ({ cursor } = page);
  }
}

const write = ({ core }: TestWorkspace, work: (context: WriteContext) => void): Promise<void> =>
  core.services.queue.command(core.session(), (context) => {
    work(context);
    context.audit.label('records.change', {});
  });
const create = ({ records }: WriteContext, type: EntityType, id: string, payload: JsonObject): void =>
  records.create({ type, id, payload });
const update = ({ db, records }: WriteContext, type: EntityType, id: string, set: JsonObject): void => {
  const record = locateIn(db, type, id);
  if (record) records.update(record, set);
};

/** Types and subjects of the events that `work` causes. */
async function causedBy(workspace: TestWorkspace, work: () => Promise<unknown>): Promise<string[]> {
  const { cursor } = await readAll(workspace.as());
  await work();
  const { events } = await readAll(workspace.as(), { after: cursor });
  return events.map(({ type, subject }) => `${type} ${subject}`);
}

test('an event is a CloudEvent that names the fields and has no values', async () => {
  const workspace = await testWorkspace({ template });
  const { cursor } = await readAll(workspace.as());
  const data = { description: 'A secret plan', size: 12 };
  const { op_id } = await workspace.as().entities.update({ type: 'team', id: 'team-a', data });
  const { events } = await readAll(workspace.as(), { after: cursor });
  const { id } = await workspace.as().workspace.info({});
  expect(events).toEqual([
    {
      specversion: '1.0',
      id: `${op_id}/0`,
      source: `/workspaces/${id}`,
      type: 'frames.team.updated',
      subject: 'team/team-a',
      time: expect.stringMatching(/^20\d\d-.*Z$/) as string,
      datacontenttype: 'application/json',
      data: {
        label: 'team.update',
        action: 'update',
        fields: ['size', 'description'],
        actor: workspace.core.session().profile,
        title: expect.any(String) as string,
      },
    },
  ]);
});

test('log entries about repairs, tasks and maps have further names', async () => {
  const workspace = await testWorkspace({ template });
  const seen = (work: (context: WriteContext) => void): Promise<string[]> =>
    causedBy(workspace, () => write(workspace, work));
  const evidence = (kind: string, rest: JsonObject = {}) => ({
    source: 's',
    ref: kind,
    kind,
    at: '2026-01-02',
    ...rest,
  });
  const file = (letter: string, media_type = mapMediaType) => ({
    sha256: letter.repeat(64),
    name: 'm',
    bytes: 1,
    media_type,
  });
  expect(await seen((w) => create(w, 'repair', 'r', { name: 'R' }))).toEqual([
    'frames.repair.created repair/r',
    'idea.created repair/r',
  ]);
  const approved = { approved_on: '2026-01-02' };
  expect(await seen((w) => create(w, 'repair', 'r2', { name: 'R', ...approved }))).toEqual([
    'frames.repair.created repair/r2',
    'spec.frozen repair/r2',
  ]);
  expect(await seen((w) => update(w, 'repair', 'r', approved))).toEqual([
    'frames.repair.updated repair/r',
    'spec.frozen repair/r',
  ]);
  expect(await seen((w) => update(w, 'repair', 'r', { approved_on: '2026-01-03' }))).toEqual([
    'frames.repair.updated repair/r',
  ]);
  expect(await seen((w) => ['t1', 't2', 't3'].forEach((id) => create(w, 'task', id, { name: id })))).toEqual([
    'frames.task.created task/t1',
    'tasks.created task/t1',
    'frames.task.created task/t2',
    'frames.task.created task/t3',
  ]);
  const stages: [JsonObject[], string[]][] = [
    [[evidence('opened')], ['pr.opened']],
    [[evidence('opened'), evidence('failed')], ['build.failed']],
    [[evidence('opened'), evidence('failed'), evidence('merged', { dismissed: true })], []],
    [[evidence('opened'), evidence('merged'), evidence('commit')], ['pr.merged']],
    [[evidence('opened')], []],
  ];
  for (const [list, names] of stages)
    expect(await seen((w) => update(w, 'task', 't1', { evidence: list }))).toEqual(
      ['frames.task.updated', 'task.updated', ...names].map((name) => `${name} task/t1`),
    );
  expect(await seen((w) => create(w, 'document', 'd', { name: 'Map', file: file('a') }))).toEqual([
    'frames.document.created document/d',
    'risk.changed document/d',
  ]);
  expect(await seen((w) => update(w, 'document', 'd', { file: { ...file('a'), name: 'n' } }))).toHaveLength(
    1,
  );
  expect(await seen((w) => update(w, 'document', 'd', { file: file('b') }))).toHaveLength(2);
  expect(await seen((w) => update(w, 'document', 'd', { file: file('c', 'text/plain') }))).toHaveLength(1);
});

test('undo and redo are events; sandboxes have their own', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await ada.entities.create({ type: 'task', id: 't', data: { name: 'T' } });
  expect(await causedBy(workspace, () => ada.history.undo({}))).toEqual(['frames.task.deleted task/t']);
  expect(await causedBy(workspace, () => ada.history.redo({}))).toEqual(['frames.task.restored task/t']);
  const sandbox = await take(ada, 'S');
  const core = await openSandbox(workspace, sandbox.id);
  const inSandbox = core.client(core.session());
  const { cursor } = await readAll(inSandbox);
  await inSandbox.entities.update({ type: 'task', id: 't', data: { name: 'Else' } });
  expect((await readAll(inSandbox, { after: cursor })).events.map(({ type }) => type)).toEqual([
    'frames.task.updated',
    'task.updated',
  ]);
  expect(await causedBy(workspace, () => Promise.resolve())).toEqual([]);
});

test.each([
  ['present', false],
  ['deleted before', true],
])('an erasure is an event, and no event has the name of the person (%s)', async (_, isDeleted) => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  const data = { name: 'Maja Holm', university_id: 'uni-a', 'About Maja Holm': 1 };
  await ada.entities.create({ type: 'student', id: 'maja', data });
  await ada.entities.create({
    type: 'team',
    id: 'hers',
    data: { name: 'Team of Maja Holm', university_id: 'uni-a' },
  });
  await ada.entities.create({ type: 'comment', data: { record_id: 'hers', text: 'Ask Maja Holm' } });
  await ada.entities.create({
    type: 'interface',
    data: { from: 'maja', to: 'hers', description: 'Maja Holm' },
  });
  await ada.views.create({ name: 'Of Maja Holm', address: 'frames://live/students' });
  const before = JSON.stringify(
    (await readAll(ada)).events.filter(({ subject }) => !subject.startsWith('team/')),
  );
  expect(before).not.toContain('Maja');
  if (isDeleted) await ada.entities.remove({ type: 'student', id: 'maja' });
  const { cursor } = await readAll(ada);
  await erasePerson(ada, 'Maja Holm');
  const { events } = await readAll(ada, { after: cursor });
  expect(events[0]).toMatchObject({
    type: 'person.erased',
    subject: 'student/maja',
    data: { label: 'people.erase', fields: [] },
  });
  expect(events.some(({ type }) => type === 'frames.student.deleted')).toBe(!isDeleted);
  expect(events.filter(({ type }) => type === 'person.erased')).toHaveLength(1);
  expect(JSON.stringify(await readAll(ada))).not.toContain('Maja');
});

const facts = ({ events }: { events: WorkspaceEvent[] }) =>
  events.map(({ id, type, data }) => [id, type, data.label]);

test('read in portions of any size, the events are the same', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ maxLength: 12 }), fc.integer({ min: 1, max: 20 }), async (steps, limit) =>
      withWorkspace(template, async (workspace) => {
        for (const step of steps) await perform([workspace.core], step);
        const whole = await readAll(workspace.as());
        const ids = whole.events.map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        const portions = await readAll(workspace.as(), { limit });
        expect(facts(portions)).toEqual(facts(whole));
        expect(portions.cursor).toBe(whole.cursor);
      }),
    ),
    { numRuns: 15 },
  );
});

test('a transaction of many records is read in portions, and its tasks are one event', async () => {
  const workspace = await testWorkspace({ template });
  const { cursor: after } = await readAll(workspace.as());
  await write(workspace, (w) => {
    for (let n = 0; n < 1200; n += 1) create(w, n % 2 === 0 ? 'team' : 'task', `r${n}`, { name: `${n}` });
  });
  const { events } = await readAll(workspace.as(), { after, limit: 70 });
  expect(
    events.filter(({ type }) => type.startsWith('frames.')).map(({ subject }) => subject.split('/')[1]),
  ).toEqual(Array.from({ length: 1200 }, (_, n) => `r${n}`));
  expect(events.filter(({ type }) => type === 'tasks.created').map(({ subject }) => subject)).toEqual([
    'task/r1',
  ]);
});

test('events of a type are found beyond many others, and cursors and types that do not exist are refused', async () => {
  const workspace = await testWorkspace({ template });
  const ada = workspace.as();
  await write(workspace, (w) => {
    for (let n = 0; n < 1100; n += 1) create(w, 'team', `r${n}`, { name: `${n}` });
  });
  await ada.entities.create({ type: 'task', id: 't', data: { name: 'T' } });
  const page = await ada.events.read({ types: ['tasks.created'] });
  expect(page.events.map(({ subject }) => subject)).toEqual(['task/t']);
  await refused('INVALID', ada.events.read({ types: ['nothing'] }));
  await refused('INVALID', ada.events.read({ after: 'x' }));
  const [row = ''] = page.cursor.split('.');
  for (const after of [`${row}.00000000`, `${Number(row) + 5}.00000000`])
    await refused('NOT_FOUND', ada.events.read({ after }));
});

test('the end of a backup or an import is an event, once for all its records', async () => {
  const workspace = await testWorkspace({ template });
  const { core } = workspace;
  const ends = async (work: (context: WriteContext) => void) =>
    (await causedBy(workspace, () => core.services.queue.command(core.session(), work))).filter((event) =>
      event.startsWith('job.'),
    );
  const imported = await ends((context) => {
    for (const name of ['x', 'y']) create(context, 'team', `team-${name}`, { name });
    context.audit.label('import', { source: 'a.json', count: 2 });
  });
  expect(imported).toEqual(['job.completed job/import']);
  const backedUp = await ends((context) => {
    recordAct(context, 'backups.create', { backup: 'b', reason: 'daily' });
    context.audit.label('backups.create', { backup: 'b', reason: 'daily' });
  });
  expect(backedUp).toEqual(['job.completed job/backup']);
});
