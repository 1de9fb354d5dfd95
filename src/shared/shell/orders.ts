import type { Order } from './process.ts';

/** Whether an order belongs to a recovery of unreadable records. Only then may it run without a known actor. */
export const inRecovery = (order: Order): boolean =>
  order.actor === null || order.what === 'salvage' || order.what === 'accept' || order.what === 'restore';
