import type { FileHandle } from './files.ts';

/** All that the preload puts into the page, as `window.framesBridge`. It does not grow with features. */
export interface Bridge {
  /** Asks the shell for this page's ports; each comes as a window message `{frames: 'port', port: 'data' | 'shell'}`. */
  connect(): void;
  /** Turns a dropped file into a grant. Null for what is no regular file on this machine. */
  grantDropped(file: unknown): Promise<FileHandle | null>;
}

export type PortName = 'data' | 'shell';

/** The message that carries a port from the preload into the page, as its only transferred object. */
export interface PortMessage {
  frames: 'port';
  port: PortName;
}
