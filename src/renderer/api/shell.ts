import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { ShellContract } from '#shared/shell/contract.ts';
import type { ShellEvent } from '#shared/shell/events.ts';
import { takePorts } from './ports.ts';
import { createSwitchboard } from './switchboard.ts';

type Listener = (event: ShellEvent) => void;
/** Something that the system wants opened: it is dealt with once. */
export type Opening = Extract<ShellEvent, { kind: 'link' | 'file' | 'unopened' }>;

const listeners = new Set<Listener>();
/** The newest event of each kind that tells how things stand: a later listener is told at once. */
const standing = new Map<ShellEvent['kind'], ShellEvent>();

const switchboard = createSwitchboard({ mayRepeat: () => false });

/** What only the shell can do: dialogs, the native menu, the seat, links to the outside. */
export const shell: ContractRouterClient<ShellContract> = createORPCClient(switchboard.link);

/** Hears what happens in the shell, beginning with the theme and the data process's state. Gives a function that ends it. */
export function onShellEvent(listener: Listener): () => void {
  listeners.add(listener);
  for (const event of standing.values()) listener(event);
  return () => void listeners.delete(listener);
}

const openings: Opening[] = [];
let opener: ((opening: Opening) => void) | null = null;

/** Deals with what the system wants opened, beginning with what came before anybody could. Gives a function that ends it. */
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
  if (event.kind !== 'command') standing.set(event.kind, event);
  for (const listener of listeners) listener(event);
}

async function listen(port: MessagePort): Promise<void> {
  await switchboard.attach(port);
  for await (const event of await shell.events({})) hear(event);
}

// The stream ends with its port, when the page or the shell goes away: then nobody listens.
takePorts('shell', (port) => void listen(port).catch(() => {}));
