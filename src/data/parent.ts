import type { FromData, ToData } from '#shared/shell/process.ts';

/** A port as Electron gives it to a utility process, and as Node's own are when wrapped the same way. */
export interface DataPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** The line to main. Declared here, because only the shell itself knows Electron. */
export interface Parent {
  on(event: 'message', listener: (event: { data: ToData; ports: DataPort[] }) => void): unknown;
  postMessage(message: FromData): void;
}
