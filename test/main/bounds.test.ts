import { describe, expect, it } from 'vitest';
import { DEFAULT_SIZE, MIN_SIZE, boundsOn } from '#main/window-bounds.ts';

const screen = { x: 0, y: 24, width: 1920, height: 1056 };
const place = { x: 100, y: 100, width: 1400, height: 900, maximized: false };

describe('the position of the window', () => {
  it('has a size only at first', () => {
    expect(boundsOn([screen], null)).toEqual(DEFAULT_SIZE);
  });

  it('is the last one', () => {
    expect(boundsOn([screen], place)).toEqual({ x: 100, y: 100, width: 1400, height: 900 });
  });

  it('is centred if its screen is gone', () => {
    expect(boundsOn([screen], { ...place, x: 2500 })).toEqual(DEFAULT_SIZE);
    expect(boundsOn([screen], { ...place, y: 5000 })).toEqual(DEFAULT_SIZE);
    expect(boundsOn([], place)).toEqual(DEFAULT_SIZE);
  });

  it('is fitted to a smaller screen, but never below the least size', () => {
    const small = { x: 0, y: 0, width: 1100, height: 400 };
    expect(boundsOn([small], place)).toMatchObject({ width: 1100, height: MIN_SIZE.height });
  });
});
