/**
 * Moves nodes that stand on each other apart, in place: `points` holds x and y one after the other, nodes with a 1 in `fixed` stay.
 * Nodes nearer than `least` are pushed half the missing way each, for at most `rounds` rounds.
 */
export function moveApart(points: Float32Array, fixed: Uint8Array, least: number, rounds = 40): void {
  for (let round = 0; round < rounds; round += 1) if (!relax(points, fixed, least)) return;
}

function relax(points: Float32Array, fixed: Uint8Array, least: number): boolean {
  const cells = new Map<string, number[]>();
  const cell = (value: number): number => Math.floor(value / least);
  for (let node = 0; node < fixed.length; node += 1) {
    const key = `${cell(points[node * 2] ?? 0)}/${cell(points[node * 2 + 1] ?? 0)}`;
    const held = cells.get(key);
    if (held) held.push(node);
    else cells.set(key, [node]);
  }
  let moved = false;
  for (let node = 0; node < fixed.length; node += 1) {
    const column = cell(points[node * 2] ?? 0);
    const row = cell(points[node * 2 + 1] ?? 0);
    for (let dx = -1; dx <= 1; dx += 1)
      for (let dy = -1; dy <= 1; dy += 1)
        for (const other of cells.get(`${column + dx}/${row + dy}`) ?? [])
          if (other > node && part(points, fixed, node, other, least)) moved = true;
  }
  return moved;
}

function part(points: Float32Array, fixed: Uint8Array, a: number, b: number, least: number): boolean {
  let dx = (points[b * 2] ?? 0) - (points[a * 2] ?? 0);
  let dy = (points[b * 2 + 1] ?? 0) - (points[a * 2 + 1] ?? 0);
  let distance = Math.hypot(dx, dy);
  if (distance >= least * 0.999 || (fixed[a] === 1 && fixed[b] === 1)) return false;
  if (distance < 0.001) {
    // Two on one spot: each pair in a direction of its own.
    [dx, dy] = [Math.cos(a + b * 0.7), Math.sin(a + b * 0.7)];
    distance = 1;
  }
  const push = (least - distance) / distance;
  const [first, second] = fixed[a] === 1 ? [0, 1] : fixed[b] === 1 ? [1, 0] : [0.5, 0.5];
  const shift = (node: number, share: number): void => {
    points[node * 2] = (points[node * 2] ?? 0) + dx * push * share;
    points[node * 2 + 1] = (points[node * 2 + 1] ?? 0) + dy * push * share;
  };
  shift(a, -first);
  shift(b, second);
  return true;
}
