import { lazy } from 'react';

/** What features put into the frame: each is always there, and comes after the first paint. */
export const ProfileSlot = lazy(() => import('../features/profiles/ProfileMenu.tsx'));
export const TransferSlot = lazy(() => import('../features/transfer/TransferHost.tsx'));
