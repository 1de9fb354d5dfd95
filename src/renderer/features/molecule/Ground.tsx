import { memo } from 'react';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Palette } from '../network/look/appearance.ts';
import { rings } from './geometry.ts';
import type { PlacedNucleus } from './geometry.ts';
import type { GroundName } from './names.ts';

const digits = (value: number): string => value.toFixed(1);

interface Props {
  nucleus: PlacedNucleus;
  palette: Palette;
  names: readonly GroundName[];
}

/** The background of a nucleus: lifecycle rings and discipline sectors with their labels. */
export const Ground = memo(function Ground({ nucleus, palette, names }: Props) {
  const { centre, scale, sectors, teams } = nucleus;
  if (teams.length === 0) return null;
  return (
    <g transform={`translate(${digits(centre.x)} ${digits(centre.y)})`} aria-hidden>
      {sectors.length > 1 &&
        sectors.map(({ from, discipline }) => {
          const [x, y] = [Math.cos(from), Math.sin(from)];
          const [start, end] = [150 * scale, (rings.outgoing + 40) * scale];
          return (
            <path
              key={discipline}
              d={`M${digits(x * start)} ${digits(y * start)}L${digits(x * end)} ${digits(y * end)}`}
              stroke={palette('line-strong')}
            />
          );
        })}
      {vocabulary.lifecycle.map((stage) => (
        <circle
          key={stage}
          r={rings[stage] * scale}
          fill="none"
          stroke={palette('text-3')}
          strokeOpacity={0.6}
          strokeWidth={1}
          strokeDasharray="5 6"
        />
      ))}
      {names.map(({ key, kind, text, at, anchor, fontSize }) => (
        <text
          key={key}
          x={digits(at.x)}
          y={digits(at.y)}
          textAnchor={anchor}
          fontSize={fontSize}
          fill={palette('text-2')}
          {...(kind === 'sector'
            ? { fontWeight: 600 }
            : { stroke: palette('canvas'), strokeWidth: fontSize / 2, paintOrder: 'stroke' })}
        >
          {text}
        </text>
      ))}
    </g>
  );
});
