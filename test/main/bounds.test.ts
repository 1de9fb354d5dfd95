import { describe, expect, it } from 'vitest';
import { DEFAULT_SIZE, LEAST_SIZE, placeOn } from '#main/bounds.ts';

const screen = { x: 0, y: 24, width: 1920, height: 1056 };
const place = { x: 100, y: 100, width: 1400, height: 900, maximized: false };

describe('the position of the window', () => {
  it('has a size only at first', () => {
    expect(placeOn([screen], null)).toEqual(DEFAULT_SIZE);
  });

  it('is the last one', () => {
    expect(placeOn([screen], place)).toEqual({ x: 100, y: 100, width: 1400, height: 900 });
  });

  it('is centred if its screen is gone', () => {
    expect(placeOn([screen], { ...place, x: 2500 })).toEqual(DEFAULT_SIZE);
    expect(placeOn([screen], { ...place, y: 5000 })).toEqual(DEFAULT_SIZE);
    expect(placeOn([], place)).toEqual(DEFAULT_SIZE);
  });

  it('is fitted to a smaller screen, but never below the least size', () => {
    const small = { x: 0, y: 0, width: 1100, height: 400 };
    expect(placeOn([small], place)).toMatchObject({ width: 1100, height: LEAST_SIZE.height });
  });
});
