import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { draggingOf } from '#renderer/features/network/stage/dragging.ts';
import type { Moved } from '#renderer/features/network/stage/dragging.ts';
import '#renderer/i18n/setup.ts';
import { clearNotices, useNotices } from '#renderer/stores/notices.ts';
import { serveCore } from '../../support/core.ts';

const why = 'A viewer reads everything and changes nothing.';
const places = new Map([['t1', { x: 10, y: -4 }]]);

/** What is done to the picture, in words. */
function picture() {
  const done: string[] = [];
  const note = (what: string) => (): void => void done.push(what);
  const director: Moved = {
    drag: note('drag'),
    drop: note('drop'),
    written: note('written'),
    putBack: note('putBack'),
  };
  return { done, director };
}

beforeEach(clearNotices);

describe('dragging in the network', () => {
  it('is refused with the reason as soon as it begins, once, and moves nothing', async () => {
    await serveCore();
    await api.entities.create({ type: 'team', id: 't1', data: { name: 'Thermal' } });
    const before = (await api.history.list({ limit: 1 })).total;
    const { done, director } = picture();
    const deeds = draggingOf(director, () => why);
    deeds.dragging(places);
    deeds.dragging(places);
    deeds.dropped(places);
    expect(done).toEqual([]);
    expect(useNotices.getState().list.map(({ title, more }) => [title, more])).toEqual([
      ['Positions are read-only for you', why],
    ]);
    deeds.dragging(places);
    deeds.undragged(places);
    expect(done).toEqual([]);
    expect((await api.history.list({ limit: 1 })).total).toBe(before);
  });

  it('is kept for everybody by who may', async () => {
    await serveCore();
    await api.entities.create({ type: 'team', id: 't1', data: { name: 'Thermal' } });
    const { done, director } = picture();
    const deeds = draggingOf(director, () => null);
    deeds.dragging(places);
    deeds.dropped(places);
    await vi.waitFor(() => expect(done).toEqual(['drag', 'drop', 'written']));
    const { nodes } = await api.network.graph({ types: ['team'] });
    expect([nodes.x[0], nodes.y[0]]).toEqual([10, -4]);
  });

  it('goes back where it could not be kept, or was given up', async () => {
    await serveCore();
    await api.entities.create({ type: 'team', id: 't1', data: { name: 'Thermal' } });
    const viewer = await api.workspace.createProfile({ name: 'Vera', role: 'viewer', university_id: null });
    await api.workspace.actAs({ profile: viewer.id });
    const { done, director } = picture();
    // The window has not heard yet who acts.
    const deeds = draggingOf(director, () => null);
    deeds.dropped(places);
    await vi.waitFor(() => expect(done).toEqual(['drop', 'putBack']));
    deeds.dragging(places);
    deeds.undragged(places);
    expect(done).toEqual(['drop', 'putBack', 'drag', 'putBack']);
  });
});
