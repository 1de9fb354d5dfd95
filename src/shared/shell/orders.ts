import type { Order } from './process.ts';

/** Whether something is done because the records cannot be opened: only then it may be, and nobody need know who acts. */
export const inRecovery = (order: Order): boolean =>
  order.actor === null ||
  order.what === 'salvage' ||
  order.what === 'accept' ||
  order.what === 'aside' ||
  order.what === 'restore';
