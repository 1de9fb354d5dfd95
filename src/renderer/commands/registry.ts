import { useEffect } from 'react';
import { create } from 'zustand';
import { report } from '../ui/notices.tsx';
import type { Command } from './command.ts';

interface Registry {
  /** In the order in which they came. */
  commands: readonly Command[];
}

/** Every command there is at the moment. */
export const useRegistry = create<Registry>()(() => ({ commands: [] }));

/** Adds commands, in place of those of the same id. Gives a function that takes them away again. */
export function register(added: readonly Command[]): () => void {
  const ids = new Set(added.map((command) => command.id));
  useRegistry.setState(({ commands }) => {
    const present = new Map(added.map((command) => [command.id, command]));
    const kept = commands.map((command) => {
      const next = present.get(command.id) ?? command;
      present.delete(command.id);
      return next;
    });
    return { commands: [...kept, ...present.values()] };
  });
  return () => {
    useRegistry.setState(({ commands }) => ({
      commands: commands.filter((command) => !ids.has(command.id) || !added.includes(command)),
    }));
  };
}

/** Offers commands while the component is there. Give a memoised list. */
export function useCommands(commands: readonly Command[]): void {
  useEffect(() => register(commands), [commands]);
}

/** The command of that id as it is now, or undefined. */
export function useCommand(id: string): Command | undefined {
  return useRegistry(({ commands }) => commands.find((command) => command.id === id));
}

/** Does what the command does, unless it is disabled or gone. What goes wrong is told in a notice. */
export function run(id: string): boolean {
  const command = useRegistry.getState().commands.find((candidate) => candidate.id === id);
  if (!command || command.enabled === false) return false;
  void attempt(command);
  return true;
}

async function attempt(command: Command): Promise<void> {
  try {
    await command.run();
  } catch (error) {
    report(error);
  }
}
