import type { Model, NetNode, Point } from '../network/model/model.ts';

/** The most drawn neighbours, most linked first, so that their names fit. */
const mostNeighbours = 10;
/** Semi-axes of the ellipse of neighbours, and the distance of two central records. */
const [wide, high, apart] = [900, 210, 480] as const;

/** The records of an item and those linked to them, with positions: the item in the middle, the others on an ellipse. */
export function surroundingsOf({ nodes, edges, titles }: Model, about: readonly string[]): Model {
  const middle = about.filter((id) => nodes.has(id));
  const places = new Map<string, Point>(
    middle.map((id, at) => [id, { x: (at - (middle.length - 1) / 2) * apart, y: 0 }]),
  );
  // The positions of each neighbour's linked records.
  const sides = new Map<string, number[]>();
  for (const { from, to } of edges.values())
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      const place = places.get(one);
      if (place && !places.has(other)) sides.set(other, [...(sides.get(other) ?? []), place.x]);
    }
  const linksOf = (id: string): number => nodes.get(id)?.links ?? 0;
  const sideOf = (id: string): number => {
    const all = sides.get(id) ?? [];
    return all.reduce((sum, x) => sum + x, 0) / all.length;
  };
  const neighbours = [...sides.keys()]
    .toSorted((a, b) => linksOf(b) - linksOf(a) || (a < b ? -1 : 1))
    .slice(0, mostNeighbours)
    .toSorted((a, b) => sideOf(a) - sideOf(b));
  const columns = Math.ceil(neighbours.length / 2);
  for (const [at, id] of neighbours.entries()) {
    const share = (2 * (Math.floor(at / 2) + 0.5)) / columns - 1;
    const y = high * Math.sqrt(1 - share * share);
    places.set(id, { x: wide * share, y: at % 2 === 0 ? y : -y });
  }
  const shown = new Map(
    [...places].flatMap(([id, saved]): [string, NetNode][] => {
      const node = nodes.get(id);
      return node ? [[id, { ...node, saved }]] : [];
    }),
  );
  const joined = [...edges].filter(([, { from, to }]) => shown.has(from) && shown.has(to));
  return { nodes: shown, edges: new Map(joined), titles, matched: shown.size };
}
