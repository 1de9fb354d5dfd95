import { useElementSize } from '@mantine/hooks';
import { useMemo, memo } from 'react';
import type { KeyboardEvent, RefObject } from 'react';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { useTexts } from '../../i18n/setup.ts';
import { openRecord, showPanel } from '../../stores/address.ts';
import { arrowDirections, nearestInDirection } from '../../ui/stage/directions.ts';
import { Surface, useActive } from '../../ui/stage/Surface.tsx';
import { ZoomButtons } from '../../ui/stage/ZoomButtons.tsx';
import { askForLink } from '../records/panel/LinksTab.tsx';
import { usePalette } from '../network/look/appearance.ts';
import type { Palette } from '../network/look/appearance.ts';
import type { Model, NetNode, Point, NetEdge } from '../network/model/model.ts';
import type { Drop } from './proposals.ts';
import { useCamera, useDrag } from './camera.ts';
import type { ViewBox } from './camera.ts';
import { toSavedPosition, placeMolecule, ringRadius, curveOf } from './geometry.ts';
import type { Placement, PlacedNucleus } from './geometry.ts';
import type { Molecule } from './members.ts';
import { leaksOf } from './members.ts';
import { layoutBackground, layoutNodeLabels } from './label-layout.ts';
import type { BackgroundLabel } from './label-layout.ts';
import { Node } from './Nodes.tsx';
import { nodeText } from './texts.ts';
import { linkSentence, nodeName } from '../network/model/model.ts';
import { lineStyle } from '../network/look/links.ts';
import styles from './molecule.module.css';

function pathOf({ from, to }: NetEdge, { points, nucleusOf }: Placement): string | null {
  const [start, end] = [points.get(from), points.get(to)];
  const [startCentre, endCentre] = [nucleusOf.get(from)?.centre, nucleusOf.get(to)?.centre];
  if (!start || !end || !startCentre || !endCentre) return null;
  const middle = { x: (startCentre.x + endCentre.x) / 2, y: (startCentre.y + endCentre.y) / 2 };
  return curveOf(start, end, middle);
}

interface BondsProps {
  bonds: readonly NetEdge[];
  nodes: ReadonlyMap<string, NetNode>;
  placement: Placement;
  palette: Palette;
  openId: string | null;
}

/** Interfaces as curves, with colours and patterns as in the network. */
const Bonds = memo(function Bonds({ bonds, nodes, placement, palette, openId }: BondsProps) {
  return bonds.map((bond) => {
    const d = pathOf(bond, placement);
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
          strokeWidth={bond.id === openId ? width + 3 : width}
          strokeDasharray={dash?.join(' ')}
        />
      </g>
    );
  });
});

/** The maximum number of particles at once. Interfaces with the largest loss come first. */
const maxParticles = 150;

/** Particles that leak from interfaces, more and faster with more loss. CSS animates them. */
const Leaks = memo(function Leaks({ bonds, placement, palette }: Omit<BondsProps, 'nodes' | 'openId'>) {
  const particles = leaksOf(bonds).flatMap((bond) => {
    const d = pathOf(bond, placement);
    if (d === null) return [];
    const count = bond.loss < 20 ? 1 : bond.loss < 60 ? 2 : 3;
    const seconds = 6 - bond.loss / 25;
    // A negative delay starts a particle in the middle of its way.
    return Array.from({ length: count }, (_, index) => ({
      bond,
      d,
      seconds,
      delay: (-seconds * index) / count,
      index,
    }));
  });
  return (
    <g className={`untouched ${styles.leaks}`} data-aid data-leaks aria-hidden>
      {particles.slice(0, maxParticles).map(({ bond, d, seconds, delay, index }) => (
        <circle
          key={`${bond.id} ${index}`}
          r={3.6}
          fill={palette(lineStyle(bond).token)}
          style={{
            offsetPath: `path("${d}")`,
            animationDuration: `${seconds}s`,
            animationDelay: `${delay}s`,
          }}
        />
      ))}
    </g>
  );
});

const formatCoordinate = (value: number): string => value.toFixed(1);

interface BackgroundProps {
  nucleus: PlacedNucleus;
  palette: Palette;
  labels: readonly BackgroundLabel[];
}

/** The background of a nucleus: lifecycle rings and discipline sectors with their labels. */
const NucleusBackground = memo(function NucleusBackground({ nucleus, palette, labels }: BackgroundProps) {
  const { centre, scale, sectors, teams } = nucleus;
  if (teams.length === 0) return null;
  return (
    <g transform={`translate(${formatCoordinate(centre.x)} ${formatCoordinate(centre.y)})`} aria-hidden>
      {sectors.length > 1 &&
        sectors.map(({ from, discipline }) => {
          const [x, y] = [Math.cos(from), Math.sin(from)];
          const [innerRadius, outerRadius] = [150 * scale, (ringRadius.outgoing + 40) * scale];
          return (
            <path
              key={discipline}
              d={`M${formatCoordinate(x * innerRadius)} ${formatCoordinate(y * innerRadius)}L${formatCoordinate(x * outerRadius)} ${formatCoordinate(y * outerRadius)}`}
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
      {labels.map(({ key, kind, text, position, anchor, fontSize }) => (
        <text
          key={key}
          x={formatCoordinate(position.x)}
          y={formatCoordinate(position.y)}
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

/** Label height in px. Labels of rings and sectors are hidden below `minLegibleScale` px per unit. */
const labelHeight = 12;
const maxFontSize = 44;
/** The size in px until the element is measured. */
const assumedSize = { width: 900, height: 650 };
const minLegibleScale = 0.38;
/** Margin around the content; wider at the sides, for sector labels. */
const margin = { x: 76, y: 12 };

function boxOf({ width, height, points }: Placement): ViewBox {
  const [xs, ys] = [[...points.values()].map(({ x }) => x), [...points.values()].map(({ y }) => y)];
  const [left, top] = [Math.min(0, ...xs) - margin.x, Math.min(0, ...ys) - margin.y];
  const [right, bottom] = [Math.max(width, ...xs) + margin.x, Math.max(height, ...ys) + margin.y];
  return { x: left, y: top, width: right - left, height: bottom - top };
}

interface Props {
  model: Model;
  molecule: Molecule;
  freeTeams: ReadonlySet<string>;
  openId: string | null;
  hasLeaks: boolean;
  canEdit: boolean;
  svg: RefObject<SVGSVGElement | null>;
  onHover: (text: string) => void;
  onDrop: (drop: Drop) => void;
}

export function Drawing({
  model,
  molecule,
  freeTeams,
  openId,
  hasLeaks,
  canEdit,
  svg,
  onHover,
  onDrop,
}: Props) {
  const { t } = useTexts('molecule');
  const palette = usePalette();
  const { ref, width: shownWidth, height: shownHeight } = useElementSize();
  const restPlacement = useMemo(
    () => placeMolecule(molecule, { freeTeams, dragged: null }),
    [molecule, freeTeams],
  );
  const contentBox = useMemo(() => boxOf(restPlacement), [restPlacement]);
  const camera = useCamera(svg, contentBox);
  const { box } = camera;
  const { current: currentId, setActive, moveTo } = useActive(svg, '');
  const firstId = restPlacement.nuclei[0]?.node.id ?? null;
  const activeId = restPlacement.points.has(currentId) ? currentId : firstId;

  const movedPoint = (id: string, { x, y }: Point): Point => {
    const from = restPlacement.points.get(id) ?? { x: 0, y: 0 };
    return { x: from.x + x, y: from.y + y };
  };
  const { dragged, cancel, handlers } = useDrag({
    svg,
    camera,
    canLink: canEdit,
    canMove: (id) =>
      canEdit && restPlacement.points.has(id) && (restPlacement.nuclei.length > 1 || id !== firstId),
    onOpen: (id) => {
      if (restPlacement.points.has(id)) setActive(id);
      openRecord(id);
    },
    onDrop: (id, offset) => {
      const [node, from] = [model.nodes.get(id), restPlacement.points.get(id)];
      const to = movedPoint(id, offset);
      if (node && from)
        onDrop({ node, from, to, saved: toSavedPosition(to, id, restPlacement), placement: restPlacement });
    },
    onLink: (from, to) => {
      const other = model.nodes.get(to);
      if (other) askForLink(from, other);
    },
  });
  const placement = useMemo(() => {
    if (dragged?.kind !== 'node') return restPlacement;
    const { x, y } = restPlacement.points.get(dragged.id) ?? { x: 0, y: 0 };
    const to = { x: x + dragged.offset.x, y: y + dragged.offset.y };
    return placeMolecule(molecule, {
      freeTeams,
      dragged: { id: dragged.id, position: toSavedPosition(to, dragged.id, restPlacement) },
    });
  }, [dragged, restPlacement, molecule, freeTeams]);

  const onKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean => {
    const direction = arrowDirections[key];
    if (ctrlKey || metaKey || altKey) return false;
    if (direction && activeId !== null) {
      const next = nearestInDirection(activeId, direction, restPlacement.points);
      if (next !== null) moveTo(next);
    } else if (key === 'Enter' && activeId !== null) openRecord(activeId);
    else if (key === 'Escape' && dragged) cancel();
    else if (key === 'Escape' && openId !== null) showPanel(null);
    else if (key === '+' || key === '=') camera.zoomBy(1);
    else if (key === '-') camera.zoomBy(-1);
    else if (key === '0') camera.fit();
    else return false;
    return true;
  };
  const showHoverText = (target: Element | null): void => {
    const hoveredId = target?.closest<SVGElement>('[data-id]')?.dataset.id ?? '';
    const [node, bond] = [model.nodes.get(hoveredId), model.edges.get(hoveredId)];
    const [from, to] = [model.nodes.get(bond?.from ?? ''), model.nodes.get(bond?.to ?? '')];
    if (node) onHover(nodeText(node, model.titles));
    else onHover(bond && from && to ? linkSentence(bond, nodeName(from), nodeName(to)) : '');
  };

  const pxPerUnit = Math.min(
    (shownWidth || assumedSize.width) / box.width,
    (shownHeight || assumedSize.height) / box.height,
  );
  const fontSize = Math.min(maxFontSize, labelHeight / pxPerUnit);
  const nodeLabels = useMemo(
    () => layoutNodeLabels(restPlacement, molecule, fontSize),
    [restPlacement, molecule, fontSize],
  );
  const backgroundLabels = useMemo(
    () =>
      pxPerUnit >= minLegibleScale
        ? layoutBackground(restPlacement, nodeLabels.occupiedAreas, contentBox, fontSize)
        : null,
    [pxPerUnit, restPlacement, nodeLabels, contentBox, fontSize],
  );
  const linkStart = dragged?.kind === 'link' ? placement.points.get(dragged.id) : undefined;
  return (
    <div ref={ref} className="grow clip relative">
      <Surface
        as="svg"
        ref={svg}
        kind="application"
        className={`full full-y absolute inset ${styles.drawing}`}
        label={t('drawing', { count: molecule.drawnCount })}
        help={t('help')}
        viewBox={`${box.x} ${box.y} ${box.width} ${box.height}`}
        data-dragging={dragged?.kind}
        onKey={onKey}
        onPoint={showHoverText}
        {...handlers}
      >
        {placement.nuclei.map((nucleus) => (
          <NucleusBackground
            key={nucleus.node.id}
            nucleus={nucleus}
            palette={palette}
            labels={backgroundLabels?.get(nucleus.node.id) ?? []}
          />
        ))}
        <Bonds
          bonds={molecule.bonds}
          nodes={model.nodes}
          placement={placement}
          palette={palette}
          openId={openId}
        />
        {hasLeaks && !dragged && <Leaks bonds={molecule.bonds} placement={placement} palette={palette} />}
        {[...placement.points].map(([id, position]) => {
          const node = model.nodes.get(id);
          return (
            node && (
              <Node
                key={id}
                node={node}
                position={position}
                students={molecule.studentsByTeam.get(id)}
                palette={palette}
                titles={model.titles}
                fontSize={fontSize}
                isLabelShown={nodeLabels.shownIds.has(id)}
                isActive={id === activeId}
                isOpen={id === openId}
                canLink={canEdit}
                handleTitle={t('handle')}
              />
            )
          );
        })}
        {linkStart && dragged && (
          <path
            className={styles.newLink}
            d={`M${linkStart.x} ${linkStart.y}L${dragged.to.x} ${dragged.to.y}`}
            stroke={palette('accent')}
          />
        )}
      </Surface>
      <ZoomButtons zoomBy={camera.zoomBy} fit={camera.fit} />
    </div>
  );
}
