import type { FromData, ToData } from '#shared/shell/process.ts';

/** What is needed of a process that was started: Electron's own, in the program. */
export interface Child<Port> {
  readonly pid?: number | undefined;
  postMessage(message: ToData, ports?: Port[]): void;
  on(event: 'message', listener: (message: FromData) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
}

/** Milliseconds that a closing workspace has before the process is ended by force. */
const CLOSING = 5000;

/** Lets a process close its workspace; ends it by force when that takes too long. Resolves when it has ended. */
export function closed<Port>(running: Child<Port>, kill: (child: Child<Port>) => void): Promise<void> {
  return new Promise<void>((resolve) => {
    const force = setTimeout(() => kill(running), CLOSING);
    running.on('exit', () => (clearTimeout(force), resolve()));
    running.postMessage({ kind: 'close' });
  });
}
