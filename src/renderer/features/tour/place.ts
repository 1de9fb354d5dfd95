/** A rectangle in the window, in CSS pixels. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Size {
  width: number;
  height: number;
}

const gap = 12;

const within = (value: number, most: number): number => Math.max(gap, Math.min(value, most - gap));

/**
 * Where a card stands beside what it points at: under it, above it, to its right or left, the first of these that has room;
 * over its lower right corner when none has, and in the middle of the window when it points at nothing.
 */
export function placeCard(target: Box | null, card: Size, window: Size): { left: number; top: number } {
  if (!target) {
    return { left: (window.width - card.width) / 2, top: (window.height - card.height) / 2 };
  }
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  const level = target.top + target.height / 2 - card.height / 2;
  const centred = target.left + target.width / 2 - card.width / 2;
  const put = (left: number, top: number) => ({
    left: within(left, window.width - card.width),
    top: within(top, window.height - card.height),
  });
  if (bottom + gap + card.height + gap <= window.height) return put(centred, bottom + gap);
  if (target.top - gap - card.height >= gap) return put(centred, target.top - gap - card.height);
  if (right + gap + card.width + gap <= window.width) return put(right + gap, level);
  if (target.left - gap - card.width >= gap) return put(target.left - gap - card.width, level);
  return put(right - card.width - gap, bottom - card.height - gap);
}
