import { useCallback, useId, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { run } from '../../commands/registry.ts';
import type { Desk } from './desk.ts';
import { onCanvasKey } from './keyboard/keys.ts';
import type { Round } from './keyboard/keys.ts';
import { saidOf } from './keyboard/said.ts';
import type { Model } from './model/model.ts';
import { NetworkMenu } from './NetworkMenu.tsx';
import { select, useNetwork, useNetworkStore, walkTo } from './state.ts';
import { TraceLayer } from './stage/Overlay.tsx';

interface Props {
  model: Model;
  desk: Desk | null;
  /** Where sigma draws. */
  container: RefObject<HTMLDivElement | null>;
  traces: RefObject<SVGSVGElement | null>;
  canvas: RefObject<HTMLDivElement | null>;
  /** A node was come to with the keyboard. */
  onWalked: (id: string) => void;
  children: ReactNode;
}

/** What the context menu is about: what is under the pointer, or, by keyboard, what is selected. */
function useMenuSubject({ desk, model, canvas }: Pick<Props, 'desk' | 'model' | 'canvas'>) {
  const store = useNetworkStore();
  const byKey = useRef(false);
  const onContextMenu = (event: MouseEvent): void => {
    const { selected, cursor, edge } = store.getState();
    if (byKey.current) {
      byKey.current = false;
      store.setState({
        menu: edge !== null ? 'edge' : selected.size > 0 || cursor !== null ? 'node' : 'stage',
      });
      return;
    }
    const box = canvas.current?.getBoundingClientRect();
    const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
    const node = desk?.stage.nodeAt(at) ?? null;
    const line = node === null ? (desk?.stage.edgeAt(at) ?? null) : null;
    if (node !== null) {
      if (!selected.has(node)) select(store, [node]);
      store.setState({ menu: 'node' });
    } else if (line !== null && model.edges.get(line)?.kind === 'interface') {
      store.setState({ menu: 'edge', edge: line, selected: new Set(), cursor: null });
    } else store.setState({ menu: 'stage' });
  };
  const onMenuKey = (event: KeyboardEvent): void => {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) byKey.current = true;
  };
  return { onContextMenu, onMenuKey };
}

/** The picture with what hears keys and pointers over it, and what says it in words. */
export function Canvas({ model, desk, container, traces, canvas, onWalked, children }: Props) {
  const { t } = useTranslation('network');
  const store = useNetworkStore();
  const mode = useNetwork((network) => network.mode);
  const overLink = useNetwork(({ hovered, hoveredEdge }) => hovered !== null || hoveredEdge !== null);
  const help = useId();
  const round = useRef<Round | null>(null);
  const [said, setSaid] = useState('');
  const menu = useMenuSubject({ desk, model, canvas });
  const onCursor = useCallback(
    (id: string | null): void => {
      const node = id === null ? undefined : model.nodes.get(id);
      if (!node) {
        setSaid(t('nothingThere'));
        return;
      }
      walkTo(store, node.id);
      setSaid(saidOf(node, store.getState().gathering && store.getState().selected.has(node.id)));
      onWalked(node.id);
    },
    [model, store, onWalked, t],
  );
  const onKeyDown = (event: KeyboardEvent): void => {
    menu.onMenuKey(event);
    if (event.defaultPrevented || event.target !== event.currentTarget || !desk) return;
    if (event.key === 'Escape' && (desk.gestures.cancel() || mode !== 'move')) {
      store.setState({ mode: 'move' });
    } else if (!onCanvasKey(event, { desk, store, round, onCursor, run })) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const cursorStyle = mode === 'move' ? (overLink ? 'pointer' : 'grab') : 'crosshair';
  const label = useMemo(() => t('canvas', { count: model.nodes.size }), [t, model]);
  return (
    <NetworkMenu>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application hears keys itself */}
      <div
        ref={canvas}
        className="network-canvas"
        role="application"
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is walked with the keyboard
        tabIndex={0}
        data-focus-home
        aria-label={label}
        aria-describedby={help}
        style={{ cursor: cursorStyle }}
        onKeyDown={onKeyDown}
        onContextMenuCapture={menu.onContextMenu}
        onPointerDownCapture={(event) => {
          if (event.target instanceof HTMLCanvasElement) canvas.current?.focus({ preventScroll: true });
        }}
      >
        <div ref={container} className="network-stage" />
        <TraceLayer svg={traces} />
        {children}
        <p id={help} className="unseen">
          {t('help')}
        </p>
        <output className="unseen">{said}</output>
      </div>
    </NetworkMenu>
  );
}
