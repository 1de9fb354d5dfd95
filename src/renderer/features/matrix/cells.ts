import type { MatrixView } from '#shared/address/view.ts';
import type { Model, NetEdge, NetNode } from '../network/model/model.ts';

/** The links by source and target, least loss first, unknown losses last. */
export type Cells = ReadonlyMap<string, ReadonlyMap<string, readonly NetEdge[]>>;

const lossOf = ({ loss }: NetEdge): number => loss ?? Infinity;

export function cellsOf({ edges }: Model): Cells {
  const cells = new Map<string, Map<string, NetEdge[]>>();
  for (const edge of edges.values()) {
    if (edge.kind !== 'interface') continue;
    const targets = cells.get(edge.from) ?? new Map<string, NetEdge[]>();
    cells.set(edge.from, targets.set(edge.to, [...(targets.get(edge.to) ?? []), edge]));
  }
  for (const targets of cells.values())
    for (const links of targets.values())
      links.sort((a, b) => lossOf(a) - lossOf(b) || (a.id < b.id ? -1 : 1));
  return cells;
}

/** The source and target of a cell's links. */
export const directionOf = <T>(row: T, column: T, inputs: MatrixView['inputs']): { from: T; to: T } =>
  inputs === 'rows' ? { from: column, to: row } : { from: row, to: column };

const none: readonly NetEdge[] = [];

export const linksFrom = (cells: Cells, from: NetNode, to: NetNode): readonly NetEdge[] =>
  cells.get(from.id)?.get(to.id) ?? none;
