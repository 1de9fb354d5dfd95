import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { report } from '../../../ui/notices.tsx';
import { say } from '../../../i18n/setup.ts';
import type { Desk } from '../desk.ts';
import { Director } from '../Director.ts';
import type { Place } from '../layout/groups.ts';
import type { Look } from '../look/useLook.ts';
import { select, toggle } from '../state.ts';
import type { NetworkStore } from '../state.ts';
import { draggingOf } from './dragging.ts';
import type { Cover } from './frame.ts';
import { Gestures } from './Gestures.ts';
import type { Traces } from './Gestures.ts';
import { Stage } from './Stage.ts';
import { hasWebgl, wantsStillness } from './webgl.ts';

export type Drawing =
  | { state: 'coming' }
  | { state: 'there'; desk: Desk }
  /** There is no WebGL, or it was lost. */
  | { state: 'missing' }
  | { state: 'lost' };

interface Given {
  look: Look;
  store: NetworkStore;
  /** Why nodes may not be put somewhere; null where they may. */
  whyNot: string | null;
  traces: Traces;
  onOpen: (id: string) => void;
  onPlaces: (places: readonly Place[]) => void;
}

/** What lies over the picture, whatever is under the pointer now. */
const overlaid = '.network-legend, .network-legend-show, .network-corner, .network-bar-left, .network-counts';

function coversOf(container: HTMLElement): Cover[] {
  const { left, top } = container.getBoundingClientRect();
  const lying = container.closest('.network-body')?.querySelectorAll<HTMLElement>(overlaid) ?? [];
  return [...lying].flatMap((element) => {
    const box = element.getBoundingClientRect();
    return box.width === 0
      ? []
      : [{ left: box.left - left, top: box.top - top, right: box.right - left, bottom: box.bottom - top }];
  });
}

/** Tells when a legend or the like comes or goes. */
function watchCovers(container: HTMLElement, changed: () => void): MutationObserver {
  const watcher = new MutationObserver(changed);
  const body = container.closest('.network-body');
  if (body) watcher.observe(body, { childList: true, subtree: true });
  return watcher;
}

function build(container: HTMLElement, given: RefObject<Given>, lost: () => void): Desk {
  const { store, look, onPlaces } = given.current;
  const still = wantsStillness();
  const stage = new Stage(container, look.ink, still, () => coversOf(container));
  const director = new Director(stage, still, {
    onRunning: (running) => store.setState({ running }),
    onPlaces,
    onFailure: (error) => report(error, say('network:layoutFailed')),
  });
  const gestures = new Gestures(
    stage,
    {
      mode: () => store.getState().mode,
      selected: () => store.getState().selected,
      hover: (hovered) => store.setState({ hovered }),
      hoverEdge: (hoveredEdge) => store.setState({ hoveredEdge }),
      choose: (node, add) => {
        if (node === null) {
          if (!add) select(store, []);
        } else if (add) toggle(store, node);
        else select(store, [node]);
      },
      chooseEdge: (id) => {
        const edge = director.model.edges.get(id);
        // A field that names another record is no record itself: the one that has the field is meant.
        if (edge?.kind === 'reference') select(store, [edge.from]);
        else if (edge) store.setState({ edge: id, selected: new Set(), cursor: null });
      },
      open: (node) => given.current.onOpen(node),
      ...draggingOf(director, () => given.current.whyNot),
      lasso: (ids, add) => select(store, add ? [...new Set([...store.getState().selected, ...ids])] : ids),
      // Who acts may have become one who may not, with the pencil still in hand.
      link: (from, to) => given.current.whyNot === null && store.setState({ linking: { from, to } }),
    },
    given.current.traces,
  );
  for (const canvas of Object.values(stage.sigma.getCanvases()))
    canvas.addEventListener('webglcontextlost', lost, { once: true });
  return { stage, director, gestures };
}

/** Draws into the container while it is there. `attempt` counts how often somebody asked to draw again. */
export function useDrawing(container: RefObject<HTMLElement | null>, given: Given, attempt: number): Drawing {
  const [drawing, setDrawing] = useState<Drawing>({ state: 'coming' });
  const latest = useRef(given);
  useEffect(() => {
    latest.current = given;
  });
  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    if (!hasWebgl()) {
      // oxlint-disable-next-line react/set-state-in-effect
      setDrawing({ state: 'missing' });
      return undefined;
    }
    let desk: Desk | null = null;
    let covers: MutationObserver | null = null;
    const over = { value: false };
    try {
      const { stage } = (desk = build(element, latest, () => {
        if (!over.value) setDrawing({ state: 'lost' });
      }));
      covers = watchCovers(element, () => stage.eye.covered());
      setDrawing({ state: 'there', desk });
    } catch {
      setDrawing({ state: 'missing' });
    }
    return () => {
      over.value = true;
      covers?.disconnect();
      desk?.gestures.end();
      desk?.director.end();
      desk?.stage.kill();
    };
    // What was drawn before is begun anew with each attempt.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [container, attempt]);
  return drawing;
}
