import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';
import type { View } from '#shared/address/view.ts';

/** What draws each kind of view. Each is a chunk of its own, so that the window is there before the heavy ones are. */
export const views: Readonly<Record<View['kind'], LazyExoticComponent<ComponentType>>> = {
  home: lazy(() => import('../features/home/HomeView.tsx')),
  list: lazy(() => import('../features/records/ListView.tsx')),
  history: lazy(() => import('../features/history/HistoryView.tsx')),
  import: lazy(() => import('../features/transfer/ImportView.tsx')),
};
