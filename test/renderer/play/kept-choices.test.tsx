import { act, renderHook, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { Comparison, Difference } from '#shared/contract/compare.ts';
import { api } from '#renderer/api/client.ts';
import { decide, decisionOf, include, isLeft } from '#renderer/features/play/compare/choices.ts';
import { useChoices, useKept } from '#renderer/features/play/compare/kept-choices.ts';
import { clientOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import { leavePage } from '../support/session.ts';

const [t1, t2, t3] = ['t1', 't2', 't3'].map((id) => ({ type: 'team' as const, id })) as [Ref, Ref, Ref];
type Ref = Pick<Difference, 'type' | 'id'>;

beforeEach(() => useKept.setState({}, true));

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
    resultOf(await api.sandboxes.compare({ id: sandbox, limit }));
  const all = await resultOf(await api.sandboxes.compare({ id: sandbox, limit: 10 }));
  const { result, rerender } = renderHook(({ comparison }) => useChoices(sandbox, comparison), {
    initialProps: { comparison: await compare() },
  });
  act(() => result.current.change((now) => include(now, [t3], false)));
  for (const row of all.rows) act(() => result.current.change((now) => decide(now, row, 'size', 'play')));
  const decided = () => [t1, t2, t3].map((one) => decisionOf(result.current.choices, one, 'size'));
  const left = () => [t1, t2, t3].map((one) => isLeft(result.current.choices, one));
  expect(decided()).toEqual(['play', 'play', 'play']);
  return { compare, rerender, decided, left };
}

it('a decision holds no more from the moment that another record is shown, and what is left out stays out', async () => {
  const { compare, rerender, decided, left } = await open(10);
  await api.entities.update({ type: 'team', id: 't1', data: { size: 8 } });
  rerender({ comparison: await compare() });
  expect(decided()).toEqual([null, 'play', 'play']);
  expect(left()).toEqual([false, false, true]);
  await waitFor(() => expect(Object.values(useKept.getState())[0]?.choices.decided.size).toBe(2));
  expect(decided()).toEqual([null, 'play', 'play']);
});

it('a decision about a record that is not shown holds again once that is read, and is as it was', async () => {
  const { compare, rerender, decided, left } = await open(1);
  await api.entities.update({ type: 'team', id: 't2', data: { size: 8 } });
  rerender({ comparison: await compare() });
  expect(decided()).toEqual(['play', null, null]);
  expect(left()).toEqual([false, false, true]);
  await waitFor(() => expect(decided()).toEqual(['play', null, 'play']));
});

it('what was chosen is there again in a page that comes later in the same window', async () => {
  const { decided, left } = await open(10);
  leavePage(() => useKept.setState({}, true));
  expect(decided()).toEqual([null, null, null]);
  await act(() => useKept.persist.rehydrate());
  expect(decided()).toEqual(['play', 'play', 'play']);
  expect(left()).toEqual([false, false, true]);
});

it('however long the values are that were decided about, what is kept is short, and not written at each click', async () => {
  const values = { live: 'x'.repeat(100_000), play: 'y'.repeat(100_000) };
  const fields = [{ field: 'size', class: 'conflict', base: '', ...values }];
  const row = { ...t1, class: 'conflict', live: 'updated', play: 'updated', fields } as unknown as Difference;
  const heads = { live: { id: 1, hash: 'a' }, play: { id: 1, hash: 'b' } } as unknown as Comparison;
  const { result } = renderHook(() => useChoices('one of long values', heads));
  const kept = () => sessionStorage.getItem('choices@') ?? '';
  for (const take of ['play', 'play', 'live'] as const)
    act(() => result.current.change((now) => decide(now, row, 'size', take)));
  expect(kept()).not.toContain('one of long values');
  await waitFor(() => expect(kept()).toContain('"take":"live"'));
  expect(kept().length).toBeLessThan(1000);
});
