import { lossBand } from '#shared/domain/interfaces.ts';
import type { LossBand } from '#shared/domain/interfaces.ts';
import type { NetEdge } from '../model/model.ts';

export type LinkKind = LossBand | 'reference';

/** The kinds of lines, the strongest first. */
export const linkKinds: readonly LinkKind[] = [
  'strong',
  'moderate',
  'weak',
  'fragile',
  'unknown',
  'reference',
];

/**
 * How each kind is drawn: its token, its width in px, and its pattern. The same patterns as in lists (ui/Loss.tsx): strong solid
 * and thick, moderate solid, weak dashed, fragile dotted.
 */
export const lines: Readonly<
  Record<LinkKind, { token: string; width: number; dash: readonly [number, number] | null }>
> = {
  strong: { token: 'loss-strong', width: 3, dash: null },
  moderate: { token: 'loss-moderate', width: 1.8, dash: null },
  weak: { token: 'loss-weak', width: 1.8, dash: [7, 4] },
  fragile: { token: 'loss-fragile', width: 2.8, dash: [3, 3.5] },
  unknown: { token: 'line-strong', width: 1.2, dash: [2, 4] },
  reference: { token: 'line-strong', width: 1, dash: null },
};

export function kindOfLink({ kind, loss }: NetEdge): LinkKind {
  return kind === 'reference' ? 'reference' : lossBand(loss);
}
