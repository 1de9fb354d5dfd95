import { describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { indexOf, momentAt, shareOf } from '#renderer/features/past/useMoments.ts';
import { serveCore } from '../support/core.ts';

const add = (id: string) => api.entities.create({ type: 'team', id, data: { name: id } });

/** All transactions of the log, the first one first. */
const log = async (): Promise<number[]> =>
  (await api.moments.list({ limit: 1000 })).rows.map(({ id }) => id).toReversed();

/** A log that is cut into a few parts, as one of more than 1,000 changes is into 1,000: what lies within a part is asked for. */
async function cut() {
  await serveCore();
  for (let made = 0; made < 23; made++) await add(`t${made}`);
  return { range: await api.moments.range({ buckets: 4 }), ids: await log() };
}

describe('places of a log that has more changes than the slider has parts', () => {
  it('each change has its own, and each position its change', async () => {
    const { range, ids } = await cut();
    expect(range.buckets.length).toBeLessThan(range.transactions);
    const places = await Promise.all(ids.map((id) => indexOf(range, id)));
    expect(places).toEqual(ids.map((_, place) => place));
    const back = await Promise.all(places.map((place) => momentAt(place, range.transactions)));
    expect(back.map(({ id }) => id)).toEqual(ids);
    const shares = ids.map((id) => shareOf(range, id));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  });

  it('stay while the log grows', async () => {
    const { range, ids } = await cut();
    for (let made = 0; made < 9; made++) await add(`later${made}`);
    const places = await Promise.all(ids.map((id) => indexOf(range, id)));
    expect(places).toEqual(ids.map((_, place) => place));
  });
});
