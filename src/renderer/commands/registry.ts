import { useContext, useEffect } from 'react';
import type { DependencyList } from 'react';
import { atStart } from '../api/window-state.ts';
import { windowStore } from '../api/window-store.ts';
import { paneOf } from '../stores/tabs/layout.ts';
import { TabContext, useTabs } from '../stores/tabs/store.ts';
import { reportImpossible } from '../ui/locked.ts';
import { reportErrors } from '../ui/notices.tsx';
import type { Command } from './command.ts';

/** Commands registered together, and their tab; null for the whole window. */
interface Registration {
  commands: readonly Command[];
  tab: string | null;
}

interface Registry {
  registrations: readonly Registration[];
  /** The effective commands in order of registration: of equal ids the front tab's, then the latest. */
  commands: readonly Command[];
}

/** All current commands: those of the window, and those of the front tab in the focused pane. */
export const useRegistry = windowStore<Registry>(() => ({ registrations: [], commands: [] }));

function effectiveCommands(registrations: readonly Registration[]): readonly Command[] {
  const layout = useTabs.getState();
  const isActive = ({ tab }: Registration): boolean =>
    tab === null || paneOf(layout, tab)?.id === layout.focused;
  const byId = new Map<string, Command>();
  // Commands of the front tab override those of the window, regardless of the order of registration.
  const orderedRegistrations = registrations
    .filter(isActive)
    .toSorted((a, b) => Number(a.tab !== null) - Number(b.tab !== null));
  for (const { commands } of orderedRegistrations) {
    for (const command of commands) byId.set(command.id, command);
  }
  return [...byId.values()];
}

function updateRegistrations(
  change: (registrations: readonly Registration[]) => readonly Registration[],
): void {
  useRegistry.setState(({ registrations }) => {
    const next = change(registrations);
    return { registrations: next, commands: effectiveCommands(next) };
  });
}

// A pane's commands apply while it has the focus.
atStart(() =>
  useTabs.subscribe((layout, previousLayout) => {
    if (layout.focused !== previousLayout.focused) updateRegistrations((registrations) => registrations);
  }),
);

/** Registers commands; equal ids override. Returns a function that unregisters them. */
export function registerCommands(commands: readonly Command[], tab: string | null = null): () => void {
  const registration: Registration = { commands, tab };
  updateRegistrations((registrations) => [...registrations, registration]);
  return () => updateRegistrations((registrations) => registrations.filter((one) => one !== registration));
}

/** Registers commands while the component is mounted; in a tab, while its pane has the focus. */
export function useCommands(create: () => readonly Command[], dependencies: DependencyList): void {
  const tab = useContext(TabContext);
  // The rule checks the dependencies of each call of `useCommands`.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => registerCommands(create(), tab), [...dependencies, tab]);
}

/** The current command with this id. In a tab, the tab's own one even without focus, because a click there moves the focus first. */
export function useCommand(id: string): Command | undefined {
  const tab = useContext(TabContext);
  return useRegistry(({ commands, registrations }) => {
    if (tab === null) return commands.find((command) => command.id === id);
    const findInTab = (tabId: string | null): Command | undefined =>
      registrations
        .flatMap((one) => (one.tab === tabId ? one.commands : []))
        .findLast((command) => command.id === id);
    return findInTab(tab) ?? findInTab(null);
  });
}

/** Runs a command. False if it is missing, or disabled without a reason; a reason is reported. Failures are shown in a notice. */
export function runCommand(id: string): boolean {
  const command = useRegistry.getState().commands.find((candidate) => candidate.id === id);
  if (!command) return false;
  if (command.enabled !== false) void runOrReport(command);
  else if (command.why === undefined) return false;
  else reportImpossible(command.label, command.why);
  return true;
}

async function runOrReport(command: Command): Promise<void> {
  await reportErrors(async () => {
    await command.run();
  });
}
