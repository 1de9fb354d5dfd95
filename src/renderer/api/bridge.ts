import type { Bridge } from '#shared/shell/bridge.ts';

declare global {
  interface Window {
    /** Defined by the preload. (`window.frames` is a built-in of every browser.) */
    readonly framesBridge: Bridge;
  }
}

/** The page's only access to the outside, except for ports. */
export const bridge: Bridge = window.framesBridge;
