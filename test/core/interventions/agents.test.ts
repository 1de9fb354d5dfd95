import { PassThrough } from 'node:stream';
import { beforeAll, expect, test } from 'vitest';
import { createOutput } from '#cli/output/output.ts';
import { allTools } from '#cli/mcp/server.ts';
import { Targets } from '#cli/mcp/targets.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { maxAgentProposals } from '#shared/domain/limits.ts';
import { inFolder } from '#test/cli/frames.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const { at, folder, json, seed } = inFolder();
const W = ['--workspace', 'w'];
const stdout = new PassThrough();
const { signal } = new AbortController();
const targets = new Targets(
  {
    output: createOutput(true, stdout, stdout),
    stdout,
    signal,
    environment: {},
    workingFolder: folder,
    requestId: 'request-1',
    version: '0.0.0',
  },
  { workspace: at('w') },
);

/** Calls a tool as an agent. */
async function call<R>(name: string, input: object): Promise<R> {
  const tool = allTools.find((one) => one.name === name);
  if (!tool) throw new Error(name);
  const confirm = () => undefined;
  const agent = { name: 'Tester', signal };
  return (await tool.run({ targets, agent, confirm }, tool.input.parse(input))) as R;
}

interface Proposal {
  repair: EntityRecord;
  tasks: EntityRecord[];
}
interface Next {
  task: EntityRecord | null;
  issue: { title: string; body: string } | null;
}

const team = 'team_summit-attitude-control';
const proposed = { template: 'review_rota', subjects: [team], sandbox: 'Try' };

beforeAll(async () => {
  await seed();
  await json('sandbox', 'create', 'Try', ...W);
});

test('an agent proposes a repair in a sandbox, and approves it in no way', async () => {
  const { repair, tasks } = await call<Proposal>('propose_repair', proposed);
  expect(repair.payload['proposed_by']).toBe('Tester');
  expect(repair.derived['state']).toBe('proposed');
  expect(tasks.length).toBeGreaterThan(1);
  const listed = await json<{ rows: { id: string }[] }>('entities', 'list', 'repair', ...W);
  expect(listed.rows.map(({ id }) => id)).not.toContain(repair.id);
  const update = { type: 'repair', id: repair.id, sandbox: 'Try' };
  for (const key of ['approved_on', 'checked_on', 'done_on'])
    await expect(
      call('update_record', { ...update, data: { [key]: '2026-03-01' } }),
      key,
    ).rejects.toMatchObject({ code: 'FORBIDDEN', data: { rule: 'agents_never_approve' } });
  for (const key of ['approved_by', 'checked_by'])
    await expect(call('update_record', { ...update, data: { [key]: 'Ada' } }), key).rejects.toMatchObject({
      code: 'INVALID',
    });
  const data = { name: 'Mine', approved_on: '2026-03-01' };
  await expect(call('create_record', { type: 'repair', data, sandbox: 'Try' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('the next task is the first due one of an approved repair that waits for nothing', async () => {
  await json('entities', 'create', 'repository', 'fsw', '--data', '{"name":"Flight code"}', ...W);
  const plan = (template: string, subject: string, due: string) =>
    json<Proposal>('repairs', 'plan', '--template', template, '--subject', subject, '--due', due, ...W);
  const later = await plan('review_rota', team, '2041-01-01');
  const sooner = await plan('archive', 'fsw', '2040-01-01');
  expect(await call<Next>('next_task', {})).toEqual({ task: null, issue: null });
  await json('repairs', 'approval', 'off', ...W);
  for (const { repair } of [later, sooner]) await json('repairs', 'approve', repair.id, ...W);
  const [first, second] = sooner.tasks.map(({ id }) => id);
  const next = await call<Next>('next_task', {});
  expect(next.task?.id).toBe(first);
  expect(next.issue?.body).toContain(`Frames-Task: ${first}`);
  await json('tasks', 'done', first ?? '', ...W);
  // The second task of the sooner repair is due after the first one of the later repair.
  expect((await call<Next>('next_task', {})).task?.id).toBe(later.tasks[0]?.id);
  expect((await call<Next>('next_task', { repository: 'fsw' })).task?.id).toBe(second);
  await json('repairs', 'approve', sooner.repair.id, '--withdraw', ...W);
  expect((await call<Next>('next_task', {})).task?.id).toBe(later.tasks[0]?.id);
  expect(await call<Next>('next_task', { repository: 'fsw' })).toEqual({ task: null, issue: null });
  await expect(call('next_task', { repository: 'none' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('agents propose up to a number of repairs a day, in whatever way, and people are not limited', async () => {
  const workspace = await testWorkspace();
  const { core } = workspace;
  const ada = workspace.as();
  await ada.entities.create({ type: 'team', id: 'radio', data: { name: 'Radio' } });
  const agentNamed = (agent: string) => core.client({ ...core.session(), agent });
  const propose = async (agent: string) =>
    resultOf(await agentNamed(agent).repairs.plan({ template: 'mentor', subjects: ['radio'] }));
  await ada.entities.create({ type: 'repair', data: { name: 'By a person' } });
  for (let count = 1; count < maxAgentProposals; count++) await propose(count % 2 === 0 ? 'One' : 'Other');
  const { record } = await agentNamed('One').entities.create({ type: 'repair', data: { name: 'Last' } });
  await agentNamed('One').entities.remove({ type: 'repair', id: record.id });
  const refusal = await refused('FORBIDDEN', propose('Third'));
  expect(refusal.data.rule).toBe('agent_proposals_daily');
  expect(refusal.message).toContain('Ask a person');
  const direct = agentNamed('Third').entities.create({ type: 'repair', data: { name: 'More' } });
  await refused('FORBIDDEN', direct);
  await ada.entities.create({ type: 'repair', data: { name: 'By a person' } });
  workspace.clock.time += 86_400_000;
  expect((await propose('Third')).repair.payload['proposed_by']).toBe('Third');
  expect((await workspace.verify()).ok).toBe(true);
});
