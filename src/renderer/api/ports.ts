import type { PortMessage, PortName } from '#shared/shell/bridge.ts';

type Taker = (port: MessagePort) => void;

const takers = new Map<PortName, Taker>();
const waiting = new Map<PortName, MessagePort>();

/**
 * Listens for the ports that the preload hands over. It is small and comes first, so that a port that arrives before the
 * application's own modules is kept for them.
 */
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

/** Hands every port of that name to `take`: the one that has come already, and each that replaces it. */
export function takePorts(name: PortName, take: Taker): void {
  takers.set(name, take);
  const port = waiting.get(name);
  waiting.delete(name);
  if (port) take(port);
}

function isPortMessage(data: unknown): data is PortMessage {
  return typeof data === 'object' && data !== null && (data as Partial<PortMessage>).frames === 'port';
}
