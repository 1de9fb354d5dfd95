import { memo } from 'react';
import { lineStyle } from '../network/look/links.ts';
import type { Palette } from '../network/look/appearance.ts';
import type { NetEdge, NetNode } from '../network/model/model.ts';
import { curveOf } from './geometry.ts';
import type { Placed } from './geometry.ts';
import { leaksOf } from './members.ts';
import { bondText } from './labels.ts';
import styles from './molecule.module.css';

function pathOf({ from, to }: NetEdge, { points, nucleusOf }: Placed): string | null {
  const [start, end] = [points.get(from), points.get(to)];
  const [a, b] = [nucleusOf.get(from)?.centre, nucleusOf.get(to)?.centre];
  return start && end && a && b ? curveOf(start, end, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }) : null;
}

interface Props {
  bonds: readonly NetEdge[];
  nodes: ReadonlyMap<string, NetNode>;
  placed: Placed;
  palette: Palette;
  open: string | null;
}

/** Interfaces as curves, with colours and patterns as in the network. */
export const Bonds = memo(function Bonds({ bonds, nodes, placed, palette, open }: Props) {
  return bonds.map((bond) => {
    const d = pathOf(bond, placed);
    const [from, to] = [nodes.get(bond.from), nodes.get(bond.to)];
    if (d === null || !from || !to) return null;
    const { token, width, dash } = lineStyle(bond);
    return (
      <g key={bond.id} data-id={bond.id} className={styles.bond}>
        <title>{bondText(bond, from, to)}</title>
        <path d={d} fill="none" stroke="transparent" strokeWidth={14} />
        <path
          d={d}
          fill="none"
          stroke={palette(token)}
          strokeWidth={bond.id === open ? width + 3 : width}
          strokeDasharray={dash?.join(' ')}
        />
      </g>
    );
  });
});

/** The most particles at once, for the interfaces that lose most. */
const mostParticles = 150;

/** Particles leaking from interfaces: more and faster with more loss. Animated by CSS alone. */
export const Leaks = memo(function Leaks({ bonds, placed, palette }: Omit<Props, 'nodes' | 'open'>) {
  const particles = leaksOf(bonds).flatMap((bond) => {
    const d = pathOf(bond, placed);
    const count = bond.loss < 20 ? 1 : bond.loss < 60 ? 2 : 3;
    const seconds = 6 - bond.loss / 25;
    return d === null
      ? []
      : Array.from({ length: count }, (_, at) => ({ bond, d, seconds, begin: (-seconds * at) / count, at }));
  });
  return (
    <g className={`untouched ${styles.leaks}`} data-aid data-leaks aria-hidden>
      {particles.slice(0, mostParticles).map(({ bond, d, seconds, begin, at }) => (
        <circle
          key={`${bond.id} ${at}`}
          r={3.6}
          fill={palette(lineStyle(bond).token)}
          style={{
            offsetPath: `path("${d}")`,
            animationDuration: `${seconds}s`,
            animationDelay: `${begin}s`,
          }}
        />
      ))}
    </g>
  );
});
