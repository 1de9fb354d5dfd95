import { sinceBase } from '#shared/domain/points-in-time.ts';
import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { Difference } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { api } from '#renderer/api/client.ts';
import {
  decideField,
  decisionOf,
  includeRecords,
  isLeftOut,
} from '#renderer/features/play/compare/choices.ts';
import { useChoices, useStoredChoices } from '#renderer/features/play/compare/CompareView.tsx';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';

const [t1, t2, t3] = ['t1', 't2', 't3'].map((id) => ({ type: 'team' as const, id })) as [Ref, Ref, Ref];
type Ref = Pick<Difference, 'type' | 'id'>;

beforeEach(() => useStoredChoices.setState({}, true));

/** Three teams whose size both sides changed. What is compared reads at most so many rows at once. */
async function open(limit: number) {
  const { workspace } = await serveCore();
  for (const { id } of [t1, t2, t3])
    await api.entities.create({ type: 'team', id, data: { name: id, size: 3 } });
  const { id: sandbox } = await take(clientOf(workspace.core), 'Spring');
  const play = clientOf(await openSandbox(workspace, sandbox));
  for (const { id } of [t1, t2, t3]) {
    await play.entities.update({ type: 'team', id, data: { size: 9 } });
    await api.entities.update({ type: 'team', id, data: { size: 7 } });
  }
  const compare = async (): Promise<Comparison> =>
    resultOf(await api.compare.between({ ...sinceBase(sandbox), limit }));
  const all = await resultOf(await api.compare.between({ ...sinceBase(sandbox), limit: 10 }));
  const { result, rerender } = renderHook(({ comparison }) => useChoices(sandbox, comparison), {
    initialProps: { comparison: await compare() },
  });
  act(() => result.current.change((now) => includeRecords(now, [t3], false)));
  for (const row of all.rows)
    act(() => result.current.change((now) => decideField(now, row, 'size', 'play')));
  const decided = () => [t1, t2, t3].map((one) => decisionOf(result.current.choices, one, 'size'));
  const left = () => [t1, t2, t3].map((one) => isLeftOut(result.current.choices, one));
  expect(decided()).toEqual(['play', 'play', 'play']);
  return { compare, rerender, decided, left };
}

it('a decision about an unread record applies again once it is read unchanged', async () => {
  const { compare, rerender, decided, left } = await open(1);
  await api.entities.update({ type: 'team', id: 't2', data: { size: 8 } });
  rerender({ comparison: await compare() });
  expect(decided()).toEqual(['play', null, null]);
  expect(left()).toEqual([false, false, true]);
  await waitFor(() => expect(decided()).toEqual(['play', null, 'play']));
});
