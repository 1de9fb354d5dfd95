import type { Bridge } from '#shared/shell/bridge.ts';

declare global {
  interface Window {
    /** Defined by the preload. (`window.frames` is a built-in of every browser.) */
    readonly framesBridge: Bridge;
  }
}

/** The only access of the page to the outside that is not a port. */
export const bridge: Bridge = window.framesBridge;
