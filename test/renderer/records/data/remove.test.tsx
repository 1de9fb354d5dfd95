import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { removeSelection } from '#renderer/features/records/data/remove.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { takeStep } from '#renderer/stores/undo.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';

beforeEach(() => useSeat.setState({ items: {} }));

describe('several universities of a list', () => {
  const ids = ['u1', 'u2', 'u3'];

  async function open() {
    await serveCore();
    for (const id of ids) await api.entities.create({ type: 'university', id, data: { name: id } });
    for (const university_id of ['u1', 'u2'])
      await api.entities.create({ type: 'team', data: { name: 'Radio', university_id } });
    const records = (await api.entities.list({ type: 'university' })).rows;
    const before = await api.history.list({ limit: 1 });
    const { hands } = draw(<p>Behind</p>);
    const which = { kind: 'ids' as const, ids };
    let done: Promise<readonly string[] | null> = Promise.resolve(null);
    act(() => {
      done = removeSelection('university', { count: 3, records, which });
    });
    return { hands, made: before.total, done: () => done };
  }

  it('are deleted in one change after one question, and restored with their dependants', async () => {
    const { hands, made, done } = await open();
    await hands.click(await screen.findByRole('button', { name: 'Delete' }));
    expect(await done()).toEqual(ids);
    expect(await api.entities.counts({})).toMatchObject({ universities: 0, teams: 0 });
    expect((await api.history.list({ limit: 1 })).total).toBe(made + 1);
    await act(() => takeStep('undo'));
    expect(await api.entities.counts({})).toMatchObject({ universities: 3, teams: 2 });
  });
});
