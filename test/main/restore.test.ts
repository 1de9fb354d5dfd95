import { describe, expect, it } from 'vitest';
import type { RestoreState } from '#shared/shell/events.ts';
import type { Order } from '#shared/shell/process.ts';
import { trackRestores } from '#main/order-watch.ts';

const order: Order = { what: 'restore', id: 'b', actor: 'p', another: false };
const running: RestoreState = { state: 'running', what: 'restore', progress: null };
const done: RestoreState = {
  state: 'done',
  outcome: { what: 'restore', counts: {}, safety: 's', displaced: null, missing: null },
};

function follow() {
  const [told, begun, renewed]: [RestoreState[], Order[], number[]] = [[], [], []];
  const restores = trackRestores({
    send: (state) => told.push(state),
    openWithOrder: (given) => begun.push(given),
    reloadPages: () => renewed.push(1),
  });
  return { restores, told, begun, renewed };
}

describe('a restore requested in the window', () => {
  it('runs once, and its end is reported once, to the reloaded page', () => {
    const { restores, told, begun, renewed } = follow();
    expect(restores.currentEvents()).toEqual([]);
    expect(restores.start(order)).toBe(true);
    expect(restores.start(order)).toBe(false);
    expect(begun).toEqual([order]);
    expect(restores.currentEvents()).toEqual([{ kind: 'restore', restore: running }]);
    const progress = { kind: 'progress' as const, step: 'reading', done: 1, total: 2 };
    restores.receive({ state: 'running', what: 'restore', progress });
    expect(told).toEqual([running, { state: 'running', what: 'restore', progress }]);
    restores.receive(done);
    expect(renewed).toHaveLength(1);
    expect(told).toHaveLength(2);
    expect(restores.currentEvents()).toEqual([{ kind: 'restore', restore: done }]);
    expect(restores.currentEvents()).toEqual([]);
    restores.start({ what: 'salvage', actor: null });
    expect(begun).toHaveLength(2);
    expect(restores.currentEvents()).toMatchObject([{ restore: { state: 'running', what: 'salvage' } }]);
  });
});
