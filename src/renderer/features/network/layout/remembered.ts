import type { Model } from '../model/model.ts';
import type { Points } from './places.ts';

/** How many pictures are remembered. */
const most = 6;
/** How much of a network has to be known for it to be shown so, and how much of what was known it has to be. */
const enough = { known: 0.95, left: 0.8 };

const found = new Map<string, Points>();

/** Keeps where forces have put nodes, as long as the window is there: who comes back finds them where they were, and at once. */
export function remember(picture: string, points: Points): void {
  found.delete(picture);
  found.set(picture, points);
  const [oldest] = found.keys();
  if (found.size > most && oldest !== undefined) found.delete(oldest);
}

/** Where forces had put the nodes of this picture; null when that is not known, or of another or a much smaller network by now. */
export function recall(picture: string, { nodes }: Model): Points | null {
  const points = found.get(picture);
  if (!points || nodes.size < points.size * enough.left) return null;
  let known = 0;
  for (const id of nodes.keys()) if (points.has(id)) known += 1;
  return known >= nodes.size * enough.known ? points : null;
}
