import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import { typeNames } from '../../text/names.ts';
import { reportAllLocked } from '../../ui/locked.ts';
import { reportError } from '../../ui/notices.tsx';
import { askForLink } from '../records/panel/LinksTab.tsx';
import type { GroupArea } from './layout/groups.ts';
import type { NetworkLayout } from './layout/NetworkLayout.ts';
import type { Look } from './look/appearance.ts';
import type { Model } from './model/model.ts';
import { savePositions } from './saved-positions.ts';
import type { GestureActions, Traces } from './stage/Gestures.ts';
import { useScene } from './stage/useScene.ts';
import type { Scene, SceneState } from './stage/useScene.ts';
import { removeHidden, selectNodes, toggleNode, useNetworkStore } from './state.ts';
import type { NetworkState, NetworkStore } from './state.ts';
import { recordInPanel } from '../../stores/address.ts';

/** Actions that select and hover, but change nothing. */
export function readOnlyActions(store: NetworkStore, layout: NetworkLayout): GestureActions {
  return {
    mode: () => store.getState().mode,
    selected: () => store.getState().selected,
    hover: (hovered) => store.setState({ hovered }),
    hoverEdge: (hoveredEdge) => store.setState({ hoveredEdge }),
    choose: (node, isAdditive) => {
      if (node === null) {
        if (!isAdditive) selectNodes(store, []);
      } else if (isAdditive) toggleNode(store, node);
      else selectNodes(store, [node]);
    },
    chooseEdge: (id) => {
      const edge = layout.model.edges.get(id);
      // A reference is no record: selects its source.
      if (edge?.kind === 'reference') selectNodes(store, [edge.from]);
      else if (edge) store.setState({ selectedEdge: id, selected: new Set(), focusedNode: null });
    },
    open: () => {},
    drag: () => {},
    drop: () => {},
    cancelDrag: () => {},
    lasso: () => {},
    link: () => {},
  };
}

/** Dragging nodes saves their positions. `readRefusal` returns the reason why nodes cannot be moved, or null. */
export function draggingActions(
  layout: Pick<NetworkLayout, 'drag' | 'drop' | 'cancelDrag'>,
  readRefusal: () => string | null,
): Pick<GestureActions, 'drag' | 'drop' | 'cancelDrag'> {
  let isRefused = false;
  return {
    drag: (points) => {
      const refusal = readRefusal();
      // Reported once for each drag.
      if (refusal !== null && !isRefused) reportAllLocked(typeNames('position'), refusal);
      isRefused = refusal !== null;
      if (!isRefused) layout.drag(points);
    },
    drop: (points) => {
      const wasRefused = isRefused;
      isRefused = false;
      if (wasRefused) return;
      layout.drop(points);
      void savePositions(points);
    },
    cancelDrag: (startPoints) => {
      if (!isRefused) layout.cancelDrag(startPoints);
      isRefused = false;
    },
  };
}

interface Options {
  look: Look;
  refusal: string | null;
  traces: Traces;
  onOpen: (id: string) => void;
  onGroups: (groups: readonly GroupArea[]) => void;
}

export function useNetworkScene(container: RefObject<HTMLElement | null>, options: Options): SceneState {
  const store = useNetworkStore();
  const latestOptions = useRef(options);
  useEffect(() => {
    latestOptions.current = options;
  });
  return useScene(container, {
    ink: options.look.ink,
    traces: options.traces,
    listeners: {
      onRunning: (layoutProgress) => store.setState({ layoutProgress }),
      onGroups: options.onGroups,
      onFailure: (error) => reportError(error),
    },
    actions: (layout) => ({
      ...readOnlyActions(store, layout),
      ...draggingActions(layout, () => latestOptions.current.refusal),
      open: (node) => latestOptions.current.onOpen(node),
      lasso: (ids, isAdditive) =>
        selectNodes(store, isAdditive ? [...new Set([...store.getState().selected, ...ids])] : ids),
      link: (from, to) => {
        const target = layout.model.nodes.get(to);
        if (!target || latestOptions.current.refusal !== null) return;
        store.setState({ mode: 'move' });
        askForLink(from, target);
      },
    }),
  });
}

interface ShowModelOptions {
  view: Pick<NetworkView, 'layout' | 'focus' | 'depth'>;
  model: Model;
  look: Look;
  scene: Scene | null;
}

export function useShowModel({ view, model, look, scene }: ShowModelOptions): void {
  const store = useNetworkStore();
  const { layout, focus, depth } = view;
  useEffect(() => {
    if (!scene) return;
    removeHidden(store, model, scene.layout.model);
    const subject = focus === '' ? '' : `${focus} ${depth}`;
    scene.layout.show({ model, layout, subject, styles: look.styles, ink: look.ink });
  }, [scene, store, model, layout, focus, depth, look]);
  // Outside of React, because the hovered node changes with nearly every move.
  useEffect(() => {
    if (!scene) return undefined;
    const emphasise = ({ hovered, selected, selectedEdge }: NetworkState): void =>
      scene.stage.emphasise({ hovered, selected, edge: selectedEdge });
    emphasise(store.getState());
    return store.subscribe(emphasise);
  }, [scene, store]);
}

/** Keeps selection and open record equal: selects the record that is opened, opens a single selected one, closes it without selection. */
export function useSelectionInRoute(
  view: NetworkView,
  model: Model,
  scene: Scene | null,
  onOpen: (id: string | null) => void,
): void {
  const store = useNetworkStore();
  const openId = recordInPanel(view);
  const handledId = useRef<string | null>(null);
  useEffect(() => {
    // Runs once for each open record, so that a later selection stays when something else changes.
    if (openId === handledId.current) return;
    const { selected, selectedEdge } = store.getState();
    const isSelected = openId !== null && (selected.has(openId) || selectedEdge === openId);
    if (openId === null || isSelected) handledId.current = openId;
    else if (model.nodes.has(openId)) {
      handledId.current = openId;
      selectNodes(store, [openId]);
      scene?.stage.camera.reveal(openId);
    } else if (model.edges.has(openId)) {
      handledId.current = openId;
      store.setState({ selectedEdge: openId, selected: new Set(), focusedNode: null });
    }
  }, [openId, model, store, scene]);
  useEffect(
    () =>
      store.subscribe(({ selected, selectedEdge }, previous) => {
        if (selected === previous.selected && selectedEdge === previous.selectedEdge) return;
        const [selectedId] = selected;
        const hadSelection = previous.selected.size > 0 || previous.selectedEdge !== null;
        if (selectedEdge !== null) onOpen(selectedEdge);
        // An element opened by the route is selected as soon as it is shown.
        else if (selected.size === 1 && selectedId !== undefined && selectedId !== handledId.current)
          onOpen(selectedId);
        else if (selected.size === 0 && hadSelection) onOpen(null);
      }),
    [store, onOpen],
  );
}
