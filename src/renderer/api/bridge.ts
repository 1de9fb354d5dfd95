import type { Bridge } from '#shared/shell/bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload. (`window.frames` is a built-in of every browser.) */
    readonly framesBridge: Bridge;
  }
}

/** The only way out of the page that is no port. */
export const bridge: Bridge = window.framesBridge;
