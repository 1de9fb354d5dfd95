import { useViewCommands } from './useViewCommands.ts';

/** Offers saved views and what can be done with them wherever one is. Draws nothing. */
export default function ViewsHost() {
  useViewCommands();
  return null;
}
