import type { NetNode } from '../model/model.ts';
import { valueOf } from './fields.ts';

/** Radius of a node in px where the whole fits the window: of the smallest, of one without a value, of the largest. */
const radius = { least: 5, usual: 7.5, most: 16 };
/** Students are many and stand for one person each. */
const small = 0.75;

/** The radius of each node: its area grows with the value of the field. '' makes all alike. */
export function radiusOf(nodes: readonly NetNode[], field: string): (node: NetNode) => number {
  const numberOf = (node: NetNode): number | null => {
    const value = field === '' ? null : valueOf(node, field);
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
  };
  const most = nodes.reduce((greatest, node) => Math.max(greatest, numberOf(node) ?? 0), 0);
  // Among many nodes each has less room.
  const count = nodes.length;
  const crowd =
    count > 8000
      ? 0.22
      : count > 3000
        ? 0.32
        : count > 800
          ? 0.5
          : count > 250
            ? 0.62
            : count > 60
              ? 0.78
              : 1;
  return (node) => {
    const value = numberOf(node);
    const size =
      value === null || most <= 0
        ? radius.usual
        : radius.least + (radius.most - radius.least) * Math.sqrt(value / most);
    return size * crowd * (node.type === 'student' ? small : 1);
  };
}
