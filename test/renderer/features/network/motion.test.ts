import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { recall, remember } from '#renderer/features/network/layout/remembered.ts';
import { wantsStillness } from '#renderer/features/network/stage/webgl.ts';
import { prefer } from '#renderer/stores/preferences.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { usualSeat } from '#shared/shell/seat-limits.ts';
import { Motion } from '#renderer/features/network/stage/motion.ts';
import { modelOf, node } from './support.ts';

describe('the picture', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('moves until the eye has rested for a moment', () => {
    const told: boolean[] = [];
    const motion = new Motion((moving) => void told.push(moving));
    expect(motion.moving).toBe(false);
    motion.moved();
    vi.advanceTimersByTime(100);
    motion.moved();
    vi.advanceTimersByTime(100);
    expect(motion.moving).toBe(true);
    expect(told).toEqual([true]);
    vi.advanceTimersByTime(100);
    expect(motion.moving).toBe(false);
    expect(told).toEqual([true, false]);
  });

  it('moves as long as things are arranged, wherever the eye goes', () => {
    const told: boolean[] = [];
    const motion = new Motion((moving) => void told.push(moving));
    motion.arrange(true);
    motion.moved();
    vi.advanceTimersByTime(1000);
    expect(motion.moving).toBe(true);
    motion.arrange(false);
    motion.arrange(false);
    expect(told).toEqual([true, false]);
    motion.moved();
    motion.end();
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([true, false, true]);
  });
});

describe('where forces have put nodes', () => {
  const ids = Array.from({ length: 2000 }, (_, at) => `n${at}`);
  const points = new Map(ids.map((id, at) => [id, { x: at, y: -at }]));
  const model = modelOf(ids.map((id) => node(id)));

  it('is known when one comes back to the same picture', () => {
    remember('whole', points);
    expect(recall('whole', model)).toBe(points);
    expect(recall('other', model)).toBeNull();
    const grown = modelOf([...ids, 'new'].map((id) => node(id)));
    expect(recall('whole', grown)).toBe(points);
  });

  it('is not when it is another network by now, or little of it is left', () => {
    remember('whole', points);
    const others = ids.map((id, at) => node(at % 2 === 0 ? id : `${id} of another workspace`));
    expect(recall('whole', modelOf(others))).toBeNull();
    expect(recall('whole', modelOf(ids.slice(0, 10).map((id) => node(id))))).toBeNull();
    expect(recall('whole', modelOf(ids.slice(0, 1900).map((id) => node(id))))).toBe(points);
  });

  it('is forgotten, the oldest first', () => {
    for (const picture of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) remember(picture, points);
    expect(recall('a', model)).toBeNull();
    expect(recall('g', model)).toBe(points);
  });
});

describe('a picture that shall not glide', () => {
  afterEach(() => useSeat.setState(usualSeat, true));

  it('is what the preferences say, whatever the system says', () => {
    expect(wantsStillness()).toBe(false);
    prefer('motion', 'reduced');
    expect(wantsStillness()).toBe(true);
  });

  it('is what the system says, when nobody has chosen', () => {
    const media = vi
      .spyOn(window, 'matchMedia')
      .mockImplementation(
        (query) => Object.assign(new EventTarget(), { matches: true, media: query }) as MediaQueryList,
      );
    expect(wantsStillness()).toBe(true);
    media.mockRestore();
  });
});
