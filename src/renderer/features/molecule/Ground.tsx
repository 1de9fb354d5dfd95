import { memo } from 'react';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say } from '../../i18n/setup.ts';
import { choiceName } from '../../text/names.ts';
import type { Palette } from '../network/look/look.ts';
import { rings } from './geometry.ts';
import type { PlacedNucleus, Sector } from './geometry.ts';

/** Beyond the outermost ring, where names of sectors stand. */
const rim = rings.outgoing + 52;
const digits = (value: number): string => value.toFixed(1);

function SectorName({ sector: { discipline, from, to }, scale, fontSize, fill }: SectorProps) {
  const middle = (from + to) / 2;
  // Names of teams stand beneath them: further down where that would be in the way.
  const below = Math.max(0, Math.sin(middle)) * 44;
  const [x, y] = [rim * scale * Math.cos(middle), rim * scale * Math.sin(middle) + below];
  const anchor = Math.abs(Math.cos(middle)) < 0.35 ? 'middle' : Math.cos(middle) > 0 ? 'start' : 'end';
  return (
    <text x={digits(x)} y={digits(y)} textAnchor={anchor} fontSize={fontSize} fontWeight={600} fill={fill}>
      {discipline === '' ? say('molecule:noDiscipline') : choiceName(discipline)}
    </text>
  );
}

interface SectorProps {
  sector: Sector;
  scale: number;
  fontSize: number;
  fill: string;
}

interface Props {
  nucleus: PlacedNucleus;
  palette: Palette;
  fontSize: number;
}

/** What stands behind a nucleus: the ring of each lifecycle and the sector of each discipline, with their names. */
export const Ground = memo(function Ground({ nucleus, palette, fontSize }: Props) {
  const { centre, scale, sectors, teams } = nucleus;
  if (teams.length === 0) return null;
  const [line, text] = [palette('text-3'), palette('text-2')];
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
          stroke={line}
          strokeOpacity={0.6}
          strokeWidth={1}
          strokeDasharray="5 6"
        />
      ))}
      {fontSize > 0 &&
        vocabulary.lifecycle.map((stage) => (
          <text
            key={stage}
            y={digits(-rings[stage] * scale + fontSize / 3)}
            textAnchor="middle"
            fontSize={fontSize * 0.92}
            fill={text}
            stroke={palette('canvas')}
            strokeWidth={fontSize / 2}
            paintOrder="stroke"
          >
            {choiceName(stage)}
          </text>
        ))}
      {fontSize > 0 &&
        sectors.map((sector) => (
          <SectorName key={sector.discipline} sector={sector} scale={scale} fontSize={fontSize} fill={text} />
        ))}
    </g>
  );
});
