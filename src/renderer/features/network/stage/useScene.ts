import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { preferred } from '../../../stores/preferences.ts';
import { NetworkLayout } from '../layout/NetworkLayout.ts';
import type { LayoutListeners } from '../layout/NetworkLayout.ts';
import type { Ink } from './attributes.ts';
import { Gestures } from './Gestures.ts';
import type { GestureActions, Traces } from './Gestures.ts';
import { Stage } from './Stage.ts';

/** What draws one network, while it is shown. */
export interface Scene {
  stage: Stage;
  layout: NetworkLayout;
  gestures: Gestures;
}

/** Without WebGL the scene is missing; it is lost when the graphics card stops drawing. */
export type SceneState =
  | { state: 'loading' }
  | { state: 'ready'; scene: Scene }
  | { state: 'missing' | 'lost' };

interface Options {
  ink: Ink;
  listeners: LayoutListeners;
  /** Made once for each scene. */
  actions: (layout: NetworkLayout) => GestureActions;
  traces: Traces;
  /** What is highlighted dims the rest. */
  dims?: boolean;
}

function hasWebgl(): boolean {
  try {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
    // A window has only so many contexts.
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}

function prefersReducedMotion(): boolean {
  return preferred('motion') === 'reduced' || matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Draws into the container as long as it exists. Another `attempt` draws anew. */
export function useScene(
  container: RefObject<HTMLElement | null>,
  options: Options,
  attempt = 0,
): SceneState {
  const [state, setState] = useState<SceneState>({ state: 'loading' });
  const first = useRef(options);
  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    if (!hasWebgl()) {
      // oxlint-disable-next-line react/set-state-in-effect
      setState({ state: 'missing' });
      return undefined;
    }
    let scene: Scene | null = null;
    let isOver = false;
    try {
      const { ink, listeners, actions, traces, dims } = first.current;
      const reducedMotion = prefersReducedMotion();
      const stage = new Stage(element, ink, reducedMotion, dims);
      const layout = new NetworkLayout(stage, reducedMotion, listeners);
      scene = { stage, layout, gestures: new Gestures(stage, actions(layout), traces) };
      for (const canvas of Object.values(stage.sigma.getCanvases()))
        canvas.addEventListener('webglcontextlost', () => !isOver && setState({ state: 'lost' }), {
          once: true,
        });
      setState({ state: 'ready', scene });
    } catch {
      setState({ state: 'missing' });
    }
    return () => {
      isOver = true;
      scene?.gestures.end();
      scene?.layout.end();
      scene?.stage.kill();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- another attempt begins anew
  }, [container, attempt]);
  return state;
}
