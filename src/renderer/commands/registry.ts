import { useContext, useEffect } from 'react';
import { atStart } from '../api/window-state.ts';
import { windowStore } from '../api/window-store.ts';
import { paneOf } from '../stores/tabs/layout.ts';
import { TabContext, useTabs } from '../stores/tabs/store.ts';
import { reportImpossible } from '../ui/locked.ts';
import { reportError } from '../ui/notices.tsx';
import type { Command } from './command.ts';

/** Commands registered together, and their tab; null for the whole window. */
interface Offer {
  commands: readonly Command[];
  tab: string | null;
}

interface Registry {
  offers: readonly Offer[];
  /** The effective commands in order of registration: of equal ids the front tab's, then the latest. */
  commands: readonly Command[];
}

/** All current commands: those of the window, and those of the front tab in the focused pane. */
export const useRegistry = windowStore<Registry>(() => ({ offers: [], commands: [] }));

function inForce(offers: readonly Offer[]): readonly Command[] {
  const layout = useTabs.getState();
  const counts = ({ tab }: Offer): boolean => tab === null || paneOf(layout, tab)?.id === layout.focused;
  const found = new Map<string, Command>();
  // Commands of the front tab override those of the window, whichever came last.
  const inOrder = offers.filter(counts).toSorted((a, b) => Number(a.tab !== null) - Number(b.tab !== null));
  for (const { commands } of inOrder) {
    for (const command of commands) found.set(command.id, command);
  }
  return [...found.values()];
}

function offer(change: (offers: readonly Offer[]) => readonly Offer[]): void {
  useRegistry.setState(({ offers }) => {
    const next = change(offers);
    return { offers: next, commands: inForce(next) };
  });
}

// A pane's commands apply while it has the focus.
atStart(() =>
  useTabs.subscribe((layout, before) => {
    if (layout.focused !== before.focused) offer((offers) => offers);
  }),
);

/** Registers commands; equal ids override. Returns a function that unregisters them. */
export function registerCommands(commands: readonly Command[], tab: string | null = null): () => void {
  const added: Offer = { commands, tab };
  offer((offers) => [...offers, added]);
  return () => offer((offers) => offers.filter((one) => one !== added));
}

/** Registers commands while the component is mounted; in a tab, while its pane has the focus. The list must be memoised. */
export function useCommands(commands: readonly Command[]): void {
  const tab = useContext(TabContext);
  useEffect(() => registerCommands(commands, tab), [commands, tab]);
}

/** The current command with this id; within a tab its own, even without focus, because a click there moves the focus first. */
export function useCommand(id: string): Command | undefined {
  const tab = useContext(TabContext);
  return useRegistry(({ commands, offers }) => {
    if (tab === null) return commands.find((command) => command.id === id);
    const offered = (by: string | null): Command | undefined =>
      offers.flatMap((one) => (one.tab === by ? one.commands : [])).findLast((command) => command.id === id);
    return offered(tab) ?? offered(null);
  });
}

/** Runs a command unless it is disabled or missing. Failures are shown in a notice. */
export function runCommand(id: string): boolean {
  const command = useRegistry.getState().commands.find((candidate) => candidate.id === id);
  if (!command) return false;
  if (command.enabled !== false) void attempt(command);
  else if (command.why === undefined) return false;
  else reportImpossible(command.label, command.why);
  return true;
}

async function attempt(command: Command): Promise<void> {
  try {
    await command.run();
  } catch (error) {
    reportError(error);
  }
}
