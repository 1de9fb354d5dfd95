import type { Bridge } from '#shared/shell/bridge.ts';

declare global {
  interface Window {
    readonly framesBridge: Bridge;
  }
}
