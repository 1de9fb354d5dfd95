import { expect, onTestFinished, test, vi } from 'vitest';
import { runPlanStep } from '#core/analysis/repairs/plan-step.ts';
import { addSubscriber, forgetSubscriber, subscribersIn } from '#core/events/subscribers.ts';
import { planStepName } from '#shared/events/events.ts';
import { testWorkspace } from '#test/support/workspace.ts';

test('the agent plans new repairs once it is on, as an agent, with its position, and leaves others as they are', async () => {
  const workspace = await testWorkspace();
  const { core } = workspace;
  const { services } = core;
  const ada = workspace.as();
  await ada.entities.create({ type: 'team', id: 'radio', data: { name: 'Radio' } });
  const propose = (id: string, step: 'mentor' | 'learn') =>
    ada.entities.create({
      type: 'repair',
      id,
      data: { name: id, subjects: ['radio'], steps: [{ do: step, ids: ['radio'] }] },
    });
  const tasksOf = async (id: string) =>
    (await ada.entities.list({ type: 'task', filters: [{ field: 'repair_id', op: 'is', value: id }] })).rows;
  const running = runPlanStep(core.context(core.session()), { settleMs: 1, retryMs: 20 });
  onTestFinished(async () => {
    await workspace.core.close();
    await running;
  });
  await propose('before', 'mentor');
  await addSubscriber(services, planStepName);
  // Expertise needs an area, which the team is not.
  await propose('unfit', 'learn');
  await propose('after', 'mentor');
  await vi.waitFor(async () => expect(await tasksOf('after')).toHaveLength(3));
  expect(await tasksOf('before')).toEqual([]);
  expect(await tasksOf('unfit')).toEqual([]);
  const [transaction] = (await ada.history.list({ limit: 1 })).rows;
  expect(transaction?.params).toMatchObject({ agent: 'Template agent' });
  expect((await ada.entities.find({ id: 'after' })).derived['state']).toBe('proposed');
  await vi.waitFor(() =>
    expect(subscribersIn(services.read)).toEqual([{ name: planStepName, error: null, behind: 0 }]),
  );
  await forgetSubscriber(services, planStepName);
  await propose('later', 'mentor');
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await tasksOf('later')).toEqual([]);
});
