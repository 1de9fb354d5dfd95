import type { PortMessage, PortName } from '#shared/shell/bridge.ts';
import { atStart } from './window-state.ts';

type PortHandler = (port: MessagePort) => void;

const handlers = new Map<PortName, PortHandler>();
const unclaimedPorts = new Map<PortName, MessagePort>();
atStart(() => {
  handlers.clear();
  unclaimedPorts.clear();
});

/** Listens for the ports from the preload. Called first, so that a port that arrives before the application's modules is kept. */
export function listenForPorts(): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (event.source !== window || !isPortMessage(event.data)) return;
    const [port] = event.ports;
    if (!port) return;
    const handler = handlers.get(event.data.port);
    if (handler) handler(port);
    else unclaimedPorts.set(event.data.port, port);
  });
}

/** Passes every port of this name to `handler`, including one that has arrived already and later replacements. */
export function handlePorts(name: PortName, handler: PortHandler): void {
  handlers.set(name, handler);
  const port = unclaimedPorts.get(name);
  unclaimedPorts.delete(name);
  if (port) handler(port);
}

function isPortMessage(data: unknown): data is PortMessage {
  return typeof data === 'object' && data !== null && (data as Partial<PortMessage>).frames === 'port';
}
