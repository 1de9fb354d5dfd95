import type { FromData, ToData } from '#shared/shell/process.ts';

/** A port of an Electron utility process. Tests wrap Node's ports in the same shape. */
export interface DataPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  postMessage(message: unknown): void;
  start(): void;
  close(): void;
}

/** The channel to main. Declared in this file because only the shell is allowed to import Electron. */
export interface Parent {
  on(event: 'message', listener: (event: { data: ToData; ports: DataPort[] }) => void): unknown;
  postMessage(message: FromData): void;
}
