import { useEffect } from 'react';
import { windowStore } from '../api/window-store.ts';
import { tabAt } from './tabs/layout.ts';
import { useTabId, useTabs } from './tabs/store.ts';

interface ViewStatus {
  /** "412 records · 23 shown", or ''. */
  summary: string;
  selectedCount: number;
}

const emptyStatus: ViewStatus = { summary: '', selectedCount: 0 };

const useStatuses = windowStore<Readonly<Record<string, ViewStatus>>>(() => ({}));

export function useFrontStatus(): ViewStatus {
  const front = useTabs((layout) => tabAt(layout).id);
  return useStatuses((statuses) => statuses[front] ?? emptyStatus);
}

/** Shows a status in the status bar while the view is in front. */
export function useStatus(summary: string, selectedCount = 0): void {
  const tab = useTabId();
  useEffect(() => useStatuses.setState({ [tab]: { summary, selectedCount } }), [tab, summary, selectedCount]);
  useEffect(() => () => useStatuses.setState({ [tab]: emptyStatus }), [tab]);
}
