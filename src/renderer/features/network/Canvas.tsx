import { Menu } from '@mantine/core';
import { Fragment, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { CommandItem } from '../../commands/CommandItem.tsx';
import { run } from '../../commands/registry.ts';
import { Surface } from '../../ui/stage/Surface.tsx';
import { onNetworkKey, spokenNode } from './keyboard.ts';
import type { Visit } from './keyboard.ts';
import type { Model } from './model/model.ts';
import styles from './network.module.css';
import { TraceLayer } from './stage/Overlay.tsx';
import type { Scene } from './stage/useScene.ts';
import { focusNode, select, useNetwork, useNetworkStore } from './state.ts';

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

const destructive = new Set(['network.delete', 'network.deleteEdge']);

/** Menu items in groups with lines between them. */
export function CommandGroups({ groups }: { groups: readonly (readonly string[])[] }) {
  return groups.map((group, at) => (
    <Fragment key={group[0]}>
      {at > 0 && <Menu.Divider />}
      {group.map((id) => (
        <CommandItem key={id} id={id} bad={destructive.has(id)} keyed />
      ))}
    </Fragment>
  ));
}

function ContextMenu({ children }: { children: ReactNode }) {
  const subject = useNetwork((network) => network.menu);
  return (
    <Menu returnFocus middlewares={{ flip: true, shift: { crossAxis: true, padding: 5 } }}>
      <Menu.ContextMenu>
        <div className={styles.fill}>{children}</div>
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
  const byKey = useRef(false);
  const onContextMenu = (event: MouseEvent): void => {
    const { selected, cursor, edge } = store.getState();
    if (byKey.current) {
      byKey.current = false;
      const hasNode = selected.size > 0 || cursor !== null;
      store.setState({ menu: edge !== null ? 'edge' : hasNode ? 'node' : 'stage' });
      return;
    }
    const box = canvas.current?.getBoundingClientRect();
    const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
    const node = scene?.stage.nodeAt(at) ?? null;
    const line = node === null ? (scene?.stage.edgeAt(at) ?? null) : null;
    if (node !== null) {
      if (!selected.has(node)) select(store, [node]);
      store.setState({ menu: 'node' });
    } else if (line !== null && model.edges.get(line)?.kind === 'interface')
      store.setState({ menu: 'edge', edge: line, selected: new Set(), cursor: null });
    else store.setState({ menu: 'stage' });
  };
  const onMenuKey = (event: KeyboardEvent): void => {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) byKey.current = true;
  };
  return { onContextMenu, onMenuKey };
}

export function Canvas({ model, scene, container, traces, canvas, children }: Props) {
  const { t } = useTexts('network');
  const store = useNetworkStore();
  const mode = useNetwork((network) => network.mode);
  const isOverLink = useNetwork(({ hovered, hoveredEdge }) => hovered !== null || hoveredEdge !== null);
  const visit = useRef<Visit | null>(null);
  const [spoken, setSpoken] = useState('');
  const menu = useMenuSubject({ scene, model, canvas });
  const onFocus = (id: string | null): void => {
    const node = id === null ? undefined : model.nodes.get(id);
    if (!node) {
      setSpoken(t('nothingThere'));
      return;
    }
    focusNode(store, node.id);
    const { gathering, selected } = store.getState();
    setSpoken(spokenNode(node, gathering && selected.has(node.id)));
    scene?.stage.camera.reveal(node.id);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    menu.onMenuKey(event);
    if (event.target !== event.currentTarget || !scene) return false;
    if (event.key !== 'Escape' || !(scene.gestures.cancel() || mode !== 'move'))
      return onNetworkKey(event, { scene, store, visit, onFocus, run });
    store.setState({ mode: 'move' });
    return true;
  };
  const cursor = mode === 'move' ? (isOverLink ? 'pointer' : 'grab') : 'crosshair';
  const label = useMemo(() => t('canvas', { count: model.nodes.size }), [t, model]);
  return (
    <ContextMenu>
      <Surface
        as="div"
        ref={canvas}
        className={styles.canvas}
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
        <div ref={container} className={styles.stage} />
        <TraceLayer svg={traces} />
        {children}
        <output className="unseen">{spoken}</output>
      </Surface>
    </ContextMenu>
  );
}
