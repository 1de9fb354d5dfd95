import type { Order } from './process.ts';

/** Whether an order belongs to a recovery of unreadable records. Only then is the order allowed to run without a known actor. */
export const isRecoveryOrder = (order: Order): boolean =>
  order.actor === null || order.what === 'salvage' || order.what === 'accept' || order.what === 'restore';
