import { useCommands } from '../../../commands/registry.ts';
import type { Given } from './given.ts';
import { useSelectionCommands } from './useSelectionCommands.ts';
import { useStageCommands } from './useStageCommands.ts';

/** The commands of the network and of what is selected in it. Give stable functions. */
export function useNetworkCommands(given: Given): void {
  useCommands(useStageCommands(given));
  useCommands(useSelectionCommands(given));
}
