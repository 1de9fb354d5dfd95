import type { Point } from '../model/model.ts';
import type { Points } from '../layout/places.ts';

const easeOut = (part: number): number => 1 - (1 - part) ** 3;

/** The points a part (0 to 1) of the way from some to others; those that were nowhere are at once where they go. */
export function between(from: Points, to: Points, part: number): Map<string, Point> {
  const share = easeOut(Math.min(1, Math.max(0, part)));
  return new Map(
    [...to].map(([id, end]) => {
      const start = from.get(id) ?? end;
      return [id, { x: start.x + (end.x - start.x) * share, y: start.y + (end.y - start.y) * share }];
    }),
  );
}

/** Calls `show` with points on their way until they have arrived. Gives a function that ends it where it is. */
export function glide(
  from: Points,
  to: Points,
  duration: number,
  show: (points: Points) => void,
): () => void {
  const begun = performance.now();
  let frame = 0;
  const draw = (): void => {
    const part = (performance.now() - begun) / duration;
    show(between(from, to, part));
    if (part < 1) frame = requestAnimationFrame(draw);
  };
  draw();
  return () => cancelAnimationFrame(frame);
}
