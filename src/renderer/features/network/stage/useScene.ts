import { useCallback, useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { preferenceOf } from '../../../stores/preferences.ts';
import { NetworkLayout } from '../layout/NetworkLayout.ts';
import type { LayoutListeners } from '../layout/NetworkLayout.ts';
import type { Ink } from './attributes.ts';
import { Gestures } from './Gestures.ts';
import type { GestureActions, Traces } from './Gestures.ts';
import { Stage } from './Stage.ts';

export interface Scene {
  stage: Stage;
  layout: NetworkLayout;
  gestures: Gestures;
}

/** Whether WebGL is available; `lost` after the graphics card stopped. */
type WebglStatus = 'found' | 'missing' | 'lost';

/** The scene; drawn on a 2D canvas if WebGL is missing. */
export interface SceneState {
  scene: Scene | null;
  webgl: WebglStatus;
  /** Checks again whether WebGL is available. */
  onRetry: () => void;
}

interface SceneOptions {
  ink: Ink;
  listeners: LayoutListeners;
  actions: (layout: NetworkLayout) => GestureActions;
  traces: Traces;
  /** Whether highlighting dims all other elements. */
  dimsOthers?: boolean;
}

function hasWebgl(): boolean {
  try {
    const canvas = document.createElement('canvas');
    const context = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
    // The number of contexts in a window is limited.
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}

function prefersReducedMotion(): boolean {
  return preferenceOf('motion') === 'reduced' || matchMedia('(prefers-reduced-motion: reduce)').matches;
}

const findWebgl = (): WebglStatus => (hasWebgl() ? 'found' : 'missing');

/** Creates a scene in the container, and disposes of it on unmount. */
export function useScene(container: RefObject<HTMLElement | null>, options: SceneOptions): SceneState {
  const [createdScene, setCreatedScene] = useState<{ scene: Scene; webgl: WebglStatus } | null>(null);
  const [webgl, setWebgl] = useState(findWebgl);
  const initialOptions = useRef(options);
  useEffect(() => {
    const element = container.current;
    if (!element) return undefined;
    const { ink, listeners, actions, traces, dimsOthers } = initialOptions.current;
    const isMotionReduced = prefersReducedMotion();
    let isDisposed = false;
    let stage: Stage;
    try {
      const drawing = webgl === 'found' ? 'webgl' : 'canvas';
      stage = new Stage(element, { ink, isMotionReduced, dimsOthers, drawing });
    } catch (error) {
      element.replaceChildren();
      // oxlint-disable-next-line react/set-state-in-effect
      if (webgl === 'found') setWebgl('missing');
      else listeners.onFailure(error);
      return undefined;
    }
    const layout = new NetworkLayout(stage, isMotionReduced, listeners);
    const gestures = new Gestures(stage, actions(layout), traces);
    for (const canvas of Object.values(stage.sigma.getCanvases()))
      canvas.addEventListener('webglcontextlost', () => !isDisposed && setWebgl('lost'), { once: true });
    setCreatedScene({ scene: { stage, layout, gestures }, webgl });
    return () => {
      isDisposed = true;
      gestures.dispose();
      layout.dispose();
      stage.kill();
    };
  }, [container, webgl]);
  const onRetry = useCallback(() => setWebgl(findWebgl), []);
  // Null until the effect has created a scene for the new `webgl`.
  const scene = createdScene?.webgl === webgl ? createdScene.scene : null;
  return { scene, webgl, onRetry };
}
