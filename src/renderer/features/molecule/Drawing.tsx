import { useElementSize } from '@mantine/hooks';
import { useMemo, memo } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { useTexts } from '../../i18n/setup.ts';
import { showPanel } from '../../stores/address.ts';
import { arrowDirections, nearestTowards } from '../../ui/stage/directions.ts';
import { Surface, useActive } from '../../ui/stage/Surface.tsx';
import { ZoomButtons } from '../../ui/stage/ZoomButtons.tsx';
import { askForLink } from '../records/panel/LinksTab.tsx';
import { usePalette } from '../network/look/appearance.ts';
import type { Palette } from '../network/look/appearance.ts';
import type { Model, NetNode, Point, NetEdge } from '../network/model/model.ts';
import type { Drop } from './proposals.ts';
import { useCamera } from './camera.ts';
import type { Box } from './camera.ts';
import { offsetOf, placeMolecule, ringRadius, curveOf } from './geometry.ts';
import type { Placed, PlacedNucleus } from './geometry.ts';
import type { Molecule } from './members.ts';
import { leaksOf } from './members.ts';
import { groundNames, namesWithRoom } from './names.ts';
import type { GroundName } from './names.ts';
import { Node } from './Nodes.tsx';
import { useDrag } from './camera.ts';
import { nodeText } from './labels.ts';
import { linkSentence, nodeName } from '../network/model/model.ts';
import { lineStyle } from '../network/look/links.ts';
import styles from './molecule.module.css';

function pathOf({ from, to }: NetEdge, { points, nucleusOf }: Placed): string | null {
  const [start, end] = [points.get(from), points.get(to)];
  const [a, b] = [nucleusOf.get(from)?.centre, nucleusOf.get(to)?.centre];
  return start && end && a && b ? curveOf(start, end, { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }) : null;
}

interface BondsProps {
  bonds: readonly NetEdge[];
  nodes: ReadonlyMap<string, NetNode>;
  placed: Placed;
  palette: Palette;
  open: string | null;
}

/** Interfaces as curves, with colours and patterns as in the network. */
const Bonds = memo(function Bonds({ bonds, nodes, placed, palette, open }: BondsProps) {
  return bonds.map((bond) => {
    const d = pathOf(bond, placed);
    const [from, to] = [nodes.get(bond.from), nodes.get(bond.to)];
    if (d === null || !from || !to) return null;
    const { token, width, dash } = lineStyle(bond);
    return (
      <g key={bond.id} data-id={bond.id} className={styles.bond}>
        <title>{linkSentence(bond, nodeName(from), nodeName(to))}</title>
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
const Leaks = memo(function Leaks({ bonds, placed, palette }: Omit<BondsProps, 'nodes' | 'open'>) {
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

const digits = (value: number): string => value.toFixed(1);

interface GroundProps {
  nucleus: PlacedNucleus;
  palette: Palette;
  names: readonly GroundName[];
}

/** The background of a nucleus: lifecycle rings and discipline sectors with their labels. */
const Ground = memo(function Ground({ nucleus, palette, names }: GroundProps) {
  const { centre, scale, sectors, teams } = nucleus;
  if (teams.length === 0) return null;
  return (
    <g transform={`translate(${digits(centre.x)} ${digits(centre.y)})`} aria-hidden>
      {sectors.length > 1 &&
        sectors.map(({ from, discipline }) => {
          const [x, y] = [Math.cos(from), Math.sin(from)];
          const [start, end] = [150 * scale, (ringRadius.outgoing + 40) * scale];
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
          r={ringRadius[stage] * scale}
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

/** Label height in px; labels of rings and sectors need at least `legible` px per unit. */
const letter = 12;
const legible = 0.38;
/** Margin around the content; at the sides for sector labels. */
const margin = { x: 76, y: 12 };

function boxOf({ width, height, points }: Placed): Box {
  const [xs, ys] = [[...points.values()].map(({ x }) => x), [...points.values()].map(({ y }) => y)];
  const [left, top] = [Math.min(0, ...xs) - margin.x, Math.min(0, ...ys) - margin.y];
  const [right, bottom] = [Math.max(width, ...xs) + margin.x, Math.max(height, ...ys) + margin.y];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

interface Props {
  model: Model;
  molecule: Molecule;
  free: ReadonlySet<string>;
  open: string | null;
  hasLeaks: boolean;
  canEdit: boolean;
  svg: RefObject<SVGSVGElement | null>;
  onPoint: (text: string) => void;
  onDrop: (drop: Drop) => void;
}

const openRecord = (id: string): void => showPanel({ kind: 'record', id, tab: 'details' });

export function Drawing({ model, molecule, free, open, hasLeaks, canEdit, svg, onPoint, onDrop }: Props) {
  const { t } = useTexts('molecule');
  const palette = usePalette();
  const { ref, width: shownWidth, height: shownHeight } = useElementSize();
  const resting = useMemo(() => placeMolecule(molecule, { free, dragged: null }), [molecule, free]);
  const whole = useMemo(() => boxOf(resting), [resting]);
  const camera = useCamera(svg, whole);
  const { box } = camera;
  const { current, setActive, moveTo } = useActive(svg, '');
  const first = resting.nuclei[0]?.node.id ?? null;
  const active = resting.points.has(current) ? current : first;

  const targetOf = (id: string, { x, y }: Point): Point => {
    const from = resting.points.get(id) ?? { x: 0, y: 0 };
    return { x: from.x + x, y: from.y + y };
  };
  const { dragged, cancel, handlers } = useDrag({
    svg,
    camera,
    canLink: canEdit,
    canMove: (id) => canEdit && resting.points.has(id) && (resting.nuclei.length > 1 || id !== first),
    onOpen: (id) => {
      if (resting.points.has(id)) setActive(id);
      openRecord(id);
    },
    onDrop: (id, by) => {
      const [node, from] = [model.nodes.get(id), resting.points.get(id)];
      const to = targetOf(id, by);
      if (node && from) onDrop({ node, from, to, at: offsetOf(to, id, resting), placed: resting });
    },
    onLink: (from, to) => {
      const other = model.nodes.get(to);
      if (other) askForLink(from, other);
    },
  });
  const placed = useMemo(() => {
    if (dragged?.kind !== 'node') return resting;
    const { x, y } = resting.points.get(dragged.id) ?? { x: 0, y: 0 };
    const to = { x: x + dragged.by.x, y: y + dragged.by.y };
    return placeMolecule(molecule, {
      free,
      dragged: { id: dragged.id, at: offsetOf(to, dragged.id, resting) },
    });
  }, [dragged, resting, molecule, free]);

  const onKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    const heading = arrowDirections[key];
    if (ctrlKey || metaKey || altKey) return false;
    if (heading && active !== null) {
      const next = nearestTowards(active, heading, resting.points);
      if (next !== null) moveTo(next);
    } else if (key === 'Enter' && active !== null) openRecord(active);
    else if (key === 'Escape' && dragged) cancel();
    else if (key === 'Escape' && open !== null) showPanel(null);
    else if (key === '+' || key === '=') camera.zoomBy(1);
    else if (key === '-') camera.zoomBy(-1);
    else if (key === '0') camera.fit();
    else return false;
    return true;
  };
  const point = (target: Element | null): void => {
    const found = target?.closest<SVGElement>('[data-id]')?.dataset.id ?? '';
    const [node, bond] = [model.nodes.get(found), model.edges.get(found)];
    const [from, to] = [model.nodes.get(bond?.from ?? ''), model.nodes.get(bond?.to ?? '')];
    if (node) onPoint(nodeText(node, model.titles));
    else onPoint(bond && from && to ? linkSentence(bond, nodeName(from), nodeName(to)) : '');
  };

  /** Px per unit of the drawing. */
  const unit = Math.min((shownWidth || 900) / box.width, (shownHeight || 650) / box.height);
  const fontSize = Math.min(44, letter / unit);
  const named = useMemo(() => namesWithRoom(resting, molecule, fontSize), [resting, molecule, fontSize]);
  const grounds = useMemo(
    () => (unit >= legible ? groundNames(resting, named.areas, whole, fontSize) : null),
    [unit, resting, named, whole, fontSize],
  );
  const start = dragged?.kind === 'link' ? placed.points.get(dragged.id) : undefined;
  return (
    <div ref={ref} className="grow clip relative">
      <Surface
        as="svg"
        ref={svg}
        kind="application"
        className={`full full-y absolute inset ${styles.drawing}`}
        label={t('drawing', { count: molecule.size })}
        help={t('help')}
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        data-dragging={dragged?.kind}
        onKey={onKey}
        onPoint={point}
        {...handlers}
      >
        {placed.nuclei.map((nucleus) => (
          <Ground
            key={nucleus.node.id}
            nucleus={nucleus}
            palette={palette}
            names={grounds?.get(nucleus.node.id) ?? []}
          />
        ))}
        <Bonds bonds={molecule.bonds} nodes={model.nodes} placed={placed} palette={palette} open={open} />
        {hasLeaks && !dragged && <Leaks bonds={molecule.bonds} placed={placed} palette={palette} />}
        {[...placed.points].map(([id, at]) => {
          const node = model.nodes.get(id);
          return (
            node && (
              <Node
                key={id}
                node={node}
                at={at}
                students={molecule.students.get(id)}
                palette={palette}
                titles={model.titles}
                fontSize={fontSize}
                isNamed={named.shown.has(id)}
                isActive={id === active}
                isOpen={id === open}
                canLink={canEdit}
                handle={t('handle')}
              />
            )
          );
        })}
        {start && dragged && (
          <path
            className={styles.newLink}
            d={`M${start.x} ${start.y}L${dragged.to.x} ${dragged.to.y}`}
            stroke={palette('accent')}
          />
        )}
      </Surface>
      <ZoomButtons zoomBy={camera.zoomBy} fit={camera.fit} />
    </div>
  );
}
