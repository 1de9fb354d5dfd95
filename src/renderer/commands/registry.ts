import { useContext, useEffect } from 'react';
import { create } from 'zustand';
import { paneOf } from '../stores/tabs/layout.ts';
import { TabContext, useTabs } from '../stores/tabs/store.ts';
import { reportImpossible } from '../ui/locked.ts';
import { report } from '../ui/notices.tsx';
import type { Command } from './command.ts';

/** Commands that came together, and the tab that they belong to; null belongs to the whole window. */
interface Offer {
  commands: readonly Command[];
  tab: string | null;
}

interface Registry {
  offers: readonly Offer[];
  /** What there is now, in the order in which it came: of commands with one id that of what is in front, and then the latest. */
  commands: readonly Command[];
}

/** Every command there is at the moment: those of the window, and those of what is in front in the focused pane. */
export const useRegistry = create<Registry>()(() => ({ offers: [], commands: [] }));

function inForce(offers: readonly Offer[]): readonly Command[] {
  const layout = useTabs.getState();
  const counts = ({ tab }: Offer): boolean => tab === null || paneOf(layout, tab)?.id === layout.focused;
  const found = new Map<string, Command>();
  // What is in front says it better than the window, whichever came last.
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

// What a pane offers counts while the pane has the focus.
useTabs.subscribe((layout, before) => {
  if (layout.focused !== before.focused) offer((offers) => offers);
});

/** Adds commands, in place of those of the same id. Gives a function that takes them away again. */
export function register(commands: readonly Command[], tab: string | null = null): () => void {
  const added: Offer = { commands, tab };
  offer((offers) => [...offers, added]);
  return () => offer((offers) => offers.filter((one) => one !== added));
}

/** Offers commands while the component is there; in a tab, while its pane has the focus. Give a memoised list. */
export function useCommands(commands: readonly Command[]): void {
  const tab = useContext(TabContext);
  useEffect(() => register(commands, tab), [commands, tab]);
}

/** The command of that id as it is now, or undefined; in a tab its own, whichever pane has the focus: a click there gives it to it. */
export function useCommand(id: string): Command | undefined {
  const tab = useContext(TabContext);
  return useRegistry(({ commands, offers }) => {
    if (tab === null) return commands.find((command) => command.id === id);
    const offered = (by: string | null): Command | undefined =>
      offers.flatMap((one) => (one.tab === by ? one.commands : [])).findLast((command) => command.id === id);
    return offered(tab) ?? offered(null);
  });
}

/** Does what the command does, unless it is disabled or gone. What goes wrong is told in a notice. */
export function run(id: string): boolean {
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
    report(error);
  }
}
