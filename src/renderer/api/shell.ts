import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { ShellContract } from '#shared/shell/contract.ts';
import type { ShellEvent } from '#shared/shell/events.ts';
import { atStart } from './window-state.ts';
import { takePorts } from './ports.ts';
import { createSwitchboard } from './switchboard.ts';

type Listener = (event: ShellEvent) => void;
/** A request of the system to open something; handled once. */
export type Opening = Extract<ShellEvent, { kind: 'link' | 'file' | 'unopened' }>;

const listeners = new Set<Listener>();
/** The newest state event of each kind, replayed to later listeners. */
const lastEvents = new Map<ShellEvent['kind'], ShellEvent>();

const switchboard = createSwitchboard({ mayRepeat: () => false });

/** Operations of the shell: dialogs, the native menu, the seat, external links. */
export const shell: ContractRouterClient<ShellContract> = createORPCClient(switchboard.link);

/** Subscribes to events of the shell, beginning with the theme and the state of the data process. Returns a function that unsubscribes. */
export function onShellEvent(listener: Listener): () => void {
  listeners.add(listener);
  for (const event of lastEvents.values()) listener(event);
  return () => void listeners.delete(listener);
}

const openings: Opening[] = [];
let opener: ((opening: Opening) => void) | null;

/** Handles requests to open something, beginning with earlier ones. Returns a function that unsubscribes. */
export function onOpening(open: (opening: Opening) => void): () => void {
  opener = open;
  for (const opening of openings.splice(0)) open(opening);
  return () => {
    if (opener === open) opener = null;
  };
}

function isOpening(event: ShellEvent): event is Opening {
  return event.kind === 'link' || event.kind === 'file' || event.kind === 'unopened';
}

function hear(event: ShellEvent): void {
  if (isOpening(event)) {
    if (opener) opener(event);
    else openings.push(event);
    return;
  }
  if (event.kind !== 'command') lastEvents.set(event.kind, event);
  for (const listener of listeners) listener(event);
}

async function listen(port: MessagePort): Promise<void> {
  await switchboard.attach(port);
  for await (const event of await shell.events({})) hear(event);
}

atStart(() => {
  switchboard.reset();
  listeners.clear();
  lastEvents.clear();
  openings.length = 0;
  opener = null;
  // The stream ends with its port, when the page or the shell goes away; nothing remains to be done.
  takePorts('shell', (port) => void listen(port).catch(() => {}));
});
