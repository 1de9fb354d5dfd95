import { IconLink } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import type { GroupArea } from '../layout/groups.ts';
import { edgeName, typeAndUniversity } from '../model/model.ts';
import type { Model, Point } from '../model/model.ts';
import styles from '../network.module.css';
import { useNetwork, useNetworkStore } from '../state.ts';
import type { Traces } from './Gestures.ts';
import { boxesOverlap } from './labels.ts';
import type { PixelBox } from './labels.ts';
import type { Scene } from './useScene.ts';

const pathOf = (points: readonly Point[]): string =>
  points.length < 2 ? '' : `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`;

/** Draws lines that follow the pointer, without React because they change with every move. */
export function tracesOn(svg: RefObject<SVGSVGElement | null>): Traces {
  return {
    lasso: (line) => svg.current?.children[0]?.setAttribute('d', pathOf(line) && `${pathOf(line)}Z`),
    link: (from, to, isOnNode) => {
      const path = svg.current?.children[1];
      path?.setAttribute('d', from && to ? pathOf([from, to]) : '');
      path?.toggleAttribute('data-on-node', isOnNode);
    },
  };
}

export function TraceLayer({ svg }: { svg: RefObject<SVGSVGElement | null> }) {
  return (
    <svg ref={svg} className={`clip full full-y untouched absolute inset ${styles.overlay}`} aria-hidden>
      <path className={styles.lasso} d="" />
      <path className={styles.newLink} d="" />
    </svg>
  );
}

/** Keeps the last value for 350 ms, so that the pointer can reach the controls of a node. */
function useLingering(value: string | undefined): string | undefined {
  const [lastValue, setLastValue] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setLastValue(value), value === undefined ? 350 : 0);
    return () => clearTimeout(timer);
  }, [value]);
  return value ?? lastValue;
}

/** Calls `update` after each render, and with every frame of the stage. */
export function useEachFrame({ stage }: Scene, update: () => void): void {
  const latestUpdate = useRef(update);
  useEffect(() => {
    latestUpdate.current = update;
    update();
  });
  useEffect(() => {
    const onFrame = (): void => latestUpdate.current();
    stage.sigma.on('afterRender', onFrame);
    return () => void stage.sigma.off('afterRender', onFrame);
  }, [stage]);
}

function moveTo(element: HTMLElement | null, position: Point | null): void {
  if (!element) return;
  element.hidden = position === null;
  if (position)
    element.style.transform = `translate(${Math.round(position.x)}px, ${Math.round(position.y)}px)`;
}

/** The name of the hovered link, or type and university of the hovered node. */
export function HoverNote({ scene, model }: { scene: Scene; model: Model }) {
  const hovered = useNetwork((network) => network.hovered);
  const hoveredEdge = useNetwork((network) => network.hoveredEdge);
  const note = useRef<HTMLDivElement>(null);
  const node = hovered === null ? undefined : model.nodes.get(hovered);
  const edge = node || hoveredEdge === null ? undefined : model.edges.get(hoveredEdge);
  useEachFrame(scene, () => {
    const middle = edge ? scene.stage.middleOf(edge) : null;
    const position = node ? scene.stage.noteAt(node.id) : middle && { x: middle.x, y: middle.y + 8 };
    moveTo(note.current, position && { x: position.x - (note.current?.offsetWidth ?? 0) / 2, y: position.y });
  });
  return (
    <div ref={note} className={styles.note} data-testid="network-note" hidden>
      {node ? typeAndUniversity(node, model.titles) : edge && edgeName(edge, model.nodes)}
    </div>
  );
}

function GroupNames({ scene, groups, groupName }: Pick<Props, 'scene' | 'groups' | 'groupName'>) {
  const names = useRef<HTMLDivElement>(null);
  useEachFrame(scene, () => {
    const boxes: PixelBox[] = [];
    for (const [index, { x, y, radius }] of groups.entries()) {
      const name = names.current?.children[index];
      if (!(name instanceof HTMLElement)) continue;
      name.hidden = false;
      const { offsetWidth: width, offsetHeight: height } = name;
      const top = scene.stage.sigma.graphToViewport({ x, y: y + radius });
      const box = {
        left: top.x - width / 2,
        right: top.x + width / 2,
        top: top.y - height,
        bottom: top.y,
      };
      const isFree = !boxes.some((other) => boxesOverlap(other, box));
      if (isFree) boxes.push(box);
      moveTo(name, isFree ? { x: box.left, y: box.top } : null);
    }
    scene.stage.labels.reserve(boxes);
  });
  return (
    <div ref={names}>
      {groups.map(({ group, count }) => (
        <span key={group} className={`clip small strong ${styles.group}`}>
          {groupName(group)} <span className="num">{count}</span>
        </span>
      ))}
    </div>
  );
}

interface Props {
  scene: Scene;
  model: Model;
  groups: readonly GroupArea[];
  groupName: (group: string) => string;
  canEdit: boolean;
}

/** Elements that move with nodes: focus ring, handle for a new link, group names, hover note. */
export function Overlay({ scene, model, groups, groupName, canEdit }: Props) {
  const { t } = useTexts('network');
  const store = useNetworkStore();
  const focusedNode = useNetwork((network) => network.focusedNode);
  const hoveredOrSelected = useNetwork(
    ({ hovered, selected }) => hovered ?? (selected.size === 1 ? [...selected][0] : undefined),
  );
  const handleNode = useLingering(hoveredOrSelected);
  const mode = useNetwork((network) => network.mode);
  const ring = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLButtonElement>(null);
  const { stage, gestures } = scene;
  useEachFrame(scene, () => {
    const node = focusedNode === null ? null : stage.nodeCircle(focusedNode);
    const size = Math.round((node?.size ?? 0) * 2.3 + 12);
    if (ring.current) ring.current.style.width = ring.current.style.height = `${size}px`;
    moveTo(ring.current, node && { x: node.x - size / 2, y: node.y - size / 2 });
    const circle = handleNode === undefined ? null : stage.nodeCircle(handleNode);
    moveTo(
      handle.current,
      circle && { x: circle.x + circle.size * 0.8 + 3, y: circle.y - circle.size * 0.8 - 23 },
    );
  });
  const label = t('handle', {
    title: handleNode === undefined ? '' : (model.nodes.get(handleNode)?.title ?? ''),
  });
  return (
    <div className={`clip full full-y untouched absolute inset ${styles.overlay}`}>
      <HoverNote scene={scene} model={model} />
      <GroupNames scene={scene} groups={groups} groupName={groupName} />
      <div ref={ring} className={`round ${styles.ring}`} data-testid="network-cursor" hidden />
      {canEdit && mode !== 'lasso' && (
        // For the pointer; the keyboard has "Link these two".
        <button
          ref={handle}
          type="button"
          tabIndex={-1}
          className={`centered accent on-bg ${styles.handle}`}
          aria-label={label}
          title={label}
          hidden
          onPointerDown={(event) => {
            event.preventDefault();
            if (handleNode !== undefined) gestures.beginLink(handleNode);
          }}
          onPointerEnter={() => handleNode !== undefined && store.setState({ hovered: handleNode })}
        >
          <IconLink size={13} stroke={1.8} />
        </button>
      )}
    </div>
  );
}
