import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { draggingActions } from '#renderer/features/network/useNetworkScene.ts';
import '#renderer/i18n/setup.ts';
import { clearNotices, useNotices } from '#renderer/stores/notices.ts';
import { serveCore } from '../../support/core.ts';

const why = 'A viewer reads everything and changes nothing.';
const points = new Map([['t1', { x: 10, y: -4 }]]);

async function dragging(whyNot: string | null) {
  await serveCore();
  await api.entities.create({ type: 'team', id: 't1', data: { name: 'Thermal' } });
  const layout = { drag: vi.fn(), drop: vi.fn(), cancelDrag: vi.fn() };
  return { layout, actions: draggingActions(layout, () => whyNot) };
}

beforeEach(clearNotices);

describe('dragging nodes', () => {
  it('is refused with the reason, once, and moves nothing', async () => {
    const { layout, actions } = await dragging(why);
    const before = (await api.history.list({ limit: 1 })).total;
    actions.drag(points);
    actions.drag(points);
    actions.drop(points);
    actions.drag(points);
    actions.cancelDrag(points);
    for (const call of Object.values(layout)) expect(call).not.toHaveBeenCalled();
    expect(useNotices.getState().list.map(({ more }) => more)).toContain(why);
    expect((await api.history.list({ limit: 1 })).total).toBe(before);
  });

  it('saves the positions of dropped nodes', async () => {
    const { layout, actions } = await dragging(null);
    actions.drag(points);
    actions.drop(points);
    expect(layout.drop).toHaveBeenCalledWith(points);
    await vi.waitFor(async () => {
      const { nodes } = await api.network.graph({ types: ['team'] });
      expect([nodes.x[0], nodes.y[0]]).toEqual([10, -4]);
    });
  });
});
