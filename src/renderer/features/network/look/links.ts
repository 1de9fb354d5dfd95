import { defaultEnergyLoss, lossBand } from '#shared/domain/interfaces.ts';
import type { LossBand } from '#shared/domain/interfaces.ts';
import type { NetEdge } from '../model/model.ts';

export type LinkKind = LossBand | 'reference';

/** The bands of loss, strongest links first. */
export const lossBands: readonly LossBand[] = ['strong', 'moderate', 'weak', 'fragile', 'unknown'];

export const linkKinds: readonly LinkKind[] = [...lossBands, 'reference'];

/** Colour by loss band, and pattern by the band of a bond's default loss (as in ui/Loss.tsx). Widths are px. */
export const linkLines: Readonly<Record<LinkKind, LineStyle>> = {
  strong: { token: 'loss-strong', width: 3, dash: null },
  moderate: { token: 'loss-moderate', width: 1.8, dash: null },
  weak: { token: 'loss-weak', width: 1.8, dash: [7, 4] },
  fragile: { token: 'loss-fragile', width: 2.8, dash: [3, 3.5] },
  unknown: { token: 'text-3', width: 1.2, dash: [2, 4] },
  reference: { token: 'line-strong', width: 1, dash: null },
};

export function lossKind({ kind, loss }: NetEdge): LinkKind {
  return kind === 'reference' ? 'reference' : lossBand(loss);
}

/** The pattern of a line: the loss band that is the default of its bond; without a known bond the band of its loss. */
export function bondKind(edge: NetEdge): LinkKind {
  const defaultLoss = edge.kind === 'interface' ? defaultEnergyLoss[edge.bond ?? ''] : undefined;
  return defaultLoss === undefined ? lossKind(edge) : lossBand(defaultLoss);
}

export interface LineStyle {
  token: string;
  width: number;
  dash: readonly [number, number] | null;
}

/** Widths of lines between groups, in px: of the smallest and of the one with most links. */
const groupLineWidth = { min: 0.8, max: 5 };

/** The style of a link: loss by colour, bond by width and pattern. `maxCount` is the largest number of links of a group line. */
export function lineStyle(edge: NetEdge, maxCount = 1): LineStyle {
  if (edge.count !== undefined) {
    const width =
      groupLineWidth.min + (groupLineWidth.max - groupLineWidth.min) * Math.sqrt(edge.count / maxCount);
    return { token: linkLines[lossKind(edge)].token, width, dash: null };
  }
  const { width, dash } = linkLines[bondKind(edge)];
  return { token: linkLines[lossKind(edge)].token, width, dash };
}
