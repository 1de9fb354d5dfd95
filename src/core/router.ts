import { entityHandlers } from './entities/handlers.ts';
import { eventHandlers } from './events/handlers.ts';
import { historyHandlers } from './history/handlers.ts';
import { operations } from './implement.ts';
import { transferHandlers } from './transfer/handlers.ts';
import { workspaceHandlers } from './workspace/handlers.ts';

/** Every operation of the contract with its handler. */
export const router = operations.router({
  workspace: workspaceHandlers,
  entities: entityHandlers,
  history: historyHandlers,
  transfer: transferHandlers,
  events: eventHandlers,
});

export type Router = typeof router;
