import type { PortMessage, PortName } from '#shared/shell/bridge.ts';
import { atStart } from './window-state.ts';

type Taker = (port: MessagePort) => void;

const takers = new Map<PortName, Taker>();
const waiting = new Map<PortName, MessagePort>();
atStart(() => {
  takers.clear();
  waiting.clear();
});

/** Listens for the ports from the preload. Runs first, so that a port that arrives before the application's modules is kept. */
export function listenForPorts(): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window || !isPortMessage(event.data)) return;
    const [port] = event.ports;
    if (!port) return;
    const take = takers.get(event.data.port);
    if (take) take(port);
    else waiting.set(event.data.port, port);
  });
}

/** Passes every port of this name to `take`, including one that has arrived already and later replacements. */
export function takePorts(name: PortName, take: Taker): void {
  takers.set(name, take);
  const port = waiting.get(name);
  waiting.delete(name);
  if (port) take(port);
}

function isPortMessage(data: unknown): data is PortMessage {
  return typeof data === 'object' && data !== null && (data as Partial<PortMessage>).frames === 'port';
}
