import type { FileHandle } from './files.ts';

/** The preload's API for the page, as `window.framesBridge`. New features do not extend it. */
export interface Bridge {
  /** Requests this page's ports; each arrives as a window message `{frames: 'port', port: 'data' | 'shell'}`. */
  connect(): void;
  /** Converts a dropped file to a grant. Null if it is not a regular local file. */
  grantDropped(file: unknown): Promise<FileHandle | null>;
}

export type PortName = 'data' | 'shell';

export interface PortMessage {
  frames: 'port';
  port: PortName;
}
