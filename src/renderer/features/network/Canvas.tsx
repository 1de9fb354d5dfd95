import { Menu } from '@mantine/core';
import { Fragment, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react';
import { useTexts, say } from '../../i18n/setup.ts';
import { CommandItem } from '../../commands/CommandItem.tsx';
import { runCommand } from '../../commands/registry.ts';
import { Surface } from '../../ui/stage/Surface.tsx';
import type { Model, NetNode } from './model/model.ts';
import styles from './network.module.css';
import { TraceLayer } from './stage/Overlay.tsx';
import type { Scene } from './stage/useScene.ts';
import { focusNode, selectNodes, useNetwork, useNetworkStore, toggleWithSpace } from './state.ts';
import { matchesShortcut } from '../../commands/keys.ts';
import { countedRecords, inSentence, displayTitle, typeName } from '../../text/names.ts';
import { arrowDirections, nearestPoint, nearestInDirection } from '../../ui/stage/directions.ts';
import type { Points } from './layout/positions.ts';
import type { NetworkStore } from './state.ts';

const menus = {
  node: [
    ['network.open', 'network.around', 'network.neighbours'],
    ['network.linkThese', 'network.asList'],
    ['network.keep', 'network.release'],
    ['network.asThen', 'network.copyId', 'network.delete'],
  ],
  edge: [['network.openEdge', 'network.asThen', 'network.deleteEdge']],
  stage: [
    ['network.fit', 'network.arrange', 'network.whole'],
    ['network.selectAll', 'network.asList'],
    ['network.keep', 'network.release'],
    ['network.link', 'network.lasso', 'network.references'],
    ['network.png', 'network.svg'],
  ],
};

const destructiveCommands = new Set(['network.delete', 'network.deleteEdge']);

/** Menu items in groups with lines between them. */
export function CommandGroups({ groups }: { groups: readonly (readonly string[])[] }) {
  return groups.map((group, index) => (
    <Fragment key={group[0]}>
      {index > 0 && <Menu.Divider />}
      {group.map((id) => (
        <CommandItem key={id} id={id} bad={destructiveCommands.has(id)} showsKeys />
      ))}
    </Fragment>
  ));
}

function ContextMenu({ children }: { children: ReactNode }) {
  const subject = useNetwork((network) => network.menuSubject);
  return (
    <Menu returnFocus middlewares={{ flip: true, shift: { crossAxis: true, padding: 5 } }}>
      <Menu.ContextMenu>
        <div className="absolute inset">{children}</div>
      </Menu.ContextMenu>
      <Menu.Dropdown>
        <CommandGroups groups={menus[subject]} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface Props {
  model: Model;
  scene: Scene | null;
  container: RefObject<HTMLDivElement | null>;
  traces: RefObject<SVGSVGElement | null>;
  canvas: RefObject<HTMLDivElement | null>;
  children: ReactNode;
}

/** The subject of the context menu: the element under the pointer or, by keyboard, the selection. */
function useMenuSubject({ scene, model, canvas }: Pick<Props, 'scene' | 'model' | 'canvas'>) {
  const store = useNetworkStore();
  const isKeyboardMenu = useRef(false);
  const onContextMenu = (event: MouseEvent): void => {
    const { selected, focusedNode, selectedEdge } = store.getState();
    if (isKeyboardMenu.current) {
      isKeyboardMenu.current = false;
      const hasNode = selected.size > 0 || focusedNode !== null;
      store.setState({ menuSubject: selectedEdge !== null ? 'edge' : hasNode ? 'node' : 'stage' });
      return;
    }
    const box = canvas.current?.getBoundingClientRect();
    const point = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
    const nodeId = scene?.stage.nodeAt(point) ?? null;
    const edgeId = nodeId === null ? (scene?.stage.edgeAt(point) ?? null) : null;
    if (nodeId !== null) {
      if (!selected.has(nodeId)) selectNodes(store, [nodeId]);
      store.setState({ menuSubject: 'node' });
    } else if (edgeId !== null && model.edges.get(edgeId)?.kind === 'interface')
      store.setState({ menuSubject: 'edge', selectedEdge: edgeId, selected: new Set(), focusedNode: null });
    else store.setState({ menuSubject: 'stage' });
  };
  const onMenuKey = (event: KeyboardEvent): void => {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) isKeyboardMenu.current = true;
  };
  return { onContextMenu, onMenuKey };
}

export function Canvas({ model, scene, container, traces, canvas, children }: Props) {
  const { t } = useTexts('network');
  const store = useNetworkStore();
  const mode = useNetwork((network) => network.mode);
  const isOverElement = useNetwork(({ hovered, hoveredEdge }) => hovered !== null || hoveredEdge !== null);
  const visit = useRef<Visit | null>(null);
  const [announcement, setAnnouncement] = useState('');
  const menu = useMenuSubject({ scene, model, canvas });
  const onFocus = (id: string | null): void => {
    const node = id === null ? undefined : model.nodes.get(id);
    if (!node) {
      setAnnouncement(t('nothingThere'));
      return;
    }
    focusNode(store, node.id);
    const { isMultiSelecting, selected } = store.getState();
    setAnnouncement(nodeAnnouncement(node, isMultiSelecting && selected.has(node.id)));
    scene?.stage.camera.reveal(node.id);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    menu.onMenuKey(event);
    if (event.target !== event.currentTarget || !scene) return false;
    if (event.key === 'Escape' && (scene.gestures.cancel() || mode !== 'move')) {
      store.setState({ mode: 'move' });
      return true;
    }
    return onNetworkKey(event, { scene, store, visit, onFocus, run: runCommand });
  };
  const cursor = mode === 'move' ? (isOverElement ? 'pointer' : 'grab') : 'crosshair';
  const label = useMemo(() => t('canvas', { count: model.nodes.size }), [t, model]);
  return (
    <ContextMenu>
      <Surface
        as="div"
        ref={canvas}
        className={`absolute inset ${styles.canvas}`}
        kind="application"
        tabIndex={0}
        data-focus-home
        label={label}
        help={t('help')}
        style={{ cursor }}
        onKey={onKey}
        onContextMenuCapture={menu.onContextMenu}
        onPointerDownCapture={(event) => {
          if (event.target instanceof HTMLCanvasElement) canvas.current?.focus({ preventScroll: true });
        }}
      >
        <div ref={container} className={`absolute inset ${styles.stage}`} />
        <TraceLayer svg={traces} />
        {children}
        <output className="unseen">{announcement}</output>
      </Surface>
    </ContextMenu>
  );
}

const panStep = 80;
const keyCommands: Readonly<Record<string, string>> = {
  '+': 'network.zoomIn',
  '=': 'network.zoomIn',
  '-': 'network.zoomOut',
  '0': 'network.fit',
  l: 'network.link',
  k: 'network.lasso',
  Enter: 'network.open',
  Delete: 'network.delete',
  Escape: 'network.clear',
};

/** The neighbour after `lastId`, clockwise from the top (before it if `isBackwards`), or the first; null without neighbours. */
function nextNeighbour(
  from: string,
  lastId: string | null,
  neighbours: readonly string[],
  points: Points,
  isBackwards = false,
): string | null {
  const centre = points.get(from);
  if (!centre || neighbours.length === 0) return null;
  const angle = (id: string): number => {
    const point = points.get(id) ?? centre;
    return (Math.atan2(point.x - centre.x, point.y - centre.y) + 2 * Math.PI) % (2 * Math.PI);
  };
  const clockwise = neighbours.toSorted((a, b) => angle(a) - angle(b) || (a < b ? -1 : 1));
  const lastIndex = lastId === null ? -1 : clockwise.indexOf(lastId);
  if (lastIndex < 0) return clockwise.at(isBackwards ? -1 : 0) ?? null;
  return clockwise.at(isBackwards ? lastIndex - 1 : (lastIndex + 1) % clockwise.length) ?? null;
}

/** A node in words, for screen readers. */
function nodeAnnouncement({ title, type, links }: NetNode, isSelected: boolean): string {
  return say(isSelected ? 'network:saidSelected' : 'network:said', {
    title: displayTitle(title, type),
    type: inSentence(typeName(type)),
    links: countedRecords('interface', links),
  });
}

/** A walk through the neighbours of a node with Page Up and Page Down. */
interface Visit {
  centre: string;
  last: string | null;
}

interface KeyContext {
  scene: Scene;
  store: NetworkStore;
  visit: { current: Visit | null };
  /** Moves the focus to a node; null if there is no node in that direction. */
  onFocus: (id: string | null) => void;
  run: (command: string) => boolean;
}

function centralNode({ scene: { stage, layout } }: KeyContext): string | null {
  const { x, y } = stage.camera.viewport();
  return nearestPoint({ x: (x[0] + x[1]) / 2, y: (y[0] + y[1]) / 2 }, layout.points);
}

function visitNeighbour(context: KeyContext, focusedNode: string, isBackwards: boolean): string | null {
  const { neighbours, points } = context.scene.layout;
  const visit = context.visit.current;
  // If the focus is on the last visited neighbour, continues around the same centre.
  const centre = visit?.last === focusedNode ? visit.centre : focusedNode;
  const lastId = centre === focusedNode ? null : focusedNode;
  const next = nextNeighbour(centre, lastId, neighbours.get(centre) ?? [], points, isBackwards);
  context.visit.current = next === null ? null : { centre, last: next };
  return next;
}

/** Handles a key on the network. Returns whether the key was used. */
function onNetworkKey(event: KeyboardEvent, context: KeyContext): boolean {
  const { scene, store } = context;
  const { focusedNode } = store.getState();
  const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
  const direction = arrowDirections[event.key];
  if (direction && !hasModifier) {
    const { x, y } = direction;
    if (event.shiftKey) scene.stage.camera.panBy(x * panStep, y * panStep);
    else {
      context.visit.current = null;
      // y of the layout points up.
      const next =
        focusedNode === null
          ? centralNode(context)
          : nearestInDirection(focusedNode, { x, y: -y }, scene.layout.points);
      context.onFocus(next);
    }
    return true;
  }
  if (event.key === 'PageDown' || event.key === 'PageUp') {
    const isBackwards = event.key === 'PageUp';
    context.onFocus(
      focusedNode === null ? centralNode(context) : visitNeighbour(context, focusedNode, isBackwards),
    );
    return true;
  }
  if (event.key === 'Home') {
    const nodes = [...scene.layout.model.nodes.values()];
    context.onFocus(nodes.toSorted((a, b) => b.links - a.links)[0]?.id ?? null);
    return true;
  }
  if (event.key === ' ') {
    if (focusedNode !== null) toggleWithSpace(store, focusedNode);
    return true;
  }
  if (matchesShortcut('mod+A', event)) return context.run('network.selectAll');
  const command = keyCommands[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  return !hasModifier && command !== undefined && context.run(command);
}
