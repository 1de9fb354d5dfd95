import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { ShellContract } from '#shared/shell/contract.ts';
import type { ShellEvent } from '#shared/shell/events.ts';
import { atStart } from './window-state.ts';
import { handlePorts } from './ports.ts';
import { createSwitchboard } from './switchboard.ts';

type Listener = (event: ShellEvent) => void;
/** A request of the system to open something; handled once. */
export type OpenRequest = Extract<ShellEvent, { kind: 'link' | 'file' | 'unopened' }>;

const listeners = new Set<Listener>();
/** The newest state event of each kind, replayed to later listeners. */
const lastEvents = new Map<ShellEvent['kind'], ShellEvent>();

const switchboard = createSwitchboard({ canRepeat: () => false });

/** Operations of the shell: dialogs, the native menu, the seat, external links. */
export const shell: ContractRouterClient<ShellContract> = createORPCClient(switchboard.link);

/** Subscribes to events of the shell, beginning with the theme and the state of the data process. Returns a function that unsubscribes. */
export function onShellEvent(listener: Listener): () => void {
  listeners.add(listener);
  for (const event of lastEvents.values()) listener(event);
  return () => void listeners.delete(listener);
}

const openRequests: OpenRequest[] = [];
let openHandler: ((request: OpenRequest) => void) | null;

/** Handles requests to open something, beginning with earlier ones. Returns a function that unsubscribes. */
export function onOpenRequest(handler: (request: OpenRequest) => void): () => void {
  openHandler = handler;
  for (const request of openRequests.splice(0)) handler(request);
  return () => {
    if (openHandler === handler) openHandler = null;
  };
}

function isOpenRequest(event: ShellEvent): event is OpenRequest {
  return event.kind === 'link' || event.kind === 'file' || event.kind === 'unopened';
}

function handleEvent(event: ShellEvent): void {
  if (isOpenRequest(event)) {
    if (openHandler) openHandler(event);
    else openRequests.push(event);
    return;
  }
  if (event.kind !== 'command') lastEvents.set(event.kind, event);
  for (const listener of listeners) listener(event);
}

async function readEvents(port: MessagePort): Promise<void> {
  await switchboard.attach(port);
  for await (const event of await shell.events({})) handleEvent(event);
}

atStart(() => {
  switchboard.reset();
  listeners.clear();
  lastEvents.clear();
  openRequests.length = 0;
  openHandler = null;
  // The stream fails when its port closes with the page or the shell; nothing is left to handle.
  handlePorts('shell', (port) => void readEvents(port).catch(() => {}));
});
