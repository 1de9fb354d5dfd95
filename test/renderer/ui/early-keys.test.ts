import { afterEach, describe, expect, it } from 'vitest';
import { dropKeys, earlyKeys, keepKeys } from '#renderer/ui/early-keys.ts';

afterEach(dropKeys);

/** Presses a key so many milliseconds after now; true when nobody took it. */
function press(key: string, later = 0): boolean {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
  Object.defineProperty(event, 'timeStamp', { value: performance.now() + later });
  return document.body.dispatchEvent(event);
}

describe('keys kept for a box that is about to appear', () => {
  it('are kept in the order in which they came', () => {
    keepKeys(() => {});
    expect([press('a'), press('b', 100), press('Enter', 200)]).toEqual([false, false, false]);
    expect(earlyKeys()).toEqual({ text: 'ab', entered: true });
  });

  it('are kept for a while only: where the box never comes, the keyboard is the window’s again', () => {
    keepKeys(() => {});
    expect(press('a', 9_000)).toBe(false);
    expect(press('b', 11_000)).toBe(true);
    expect(press('c')).toBe(true);
    expect(earlyKeys()).toEqual({ text: '', entered: false });
  });
});
