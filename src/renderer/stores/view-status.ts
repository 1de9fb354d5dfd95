import { useEffect } from 'react';
import { windowStore } from '../api/window-store.ts';
import { tabAt } from './tabs/layout.ts';
import { useTabId, useTabs } from './tabs/store.ts';

interface ViewStatus {
  /** "412 records · 23 shown", or ''. */
  summary: string;
  selected: number;
}

const emptyStatus: ViewStatus = { summary: '', selected: 0 };

/** The status of each tab's view. */
const useStatuses = windowStore<Readonly<Record<string, ViewStatus>>>(() => ({}));

export function useFrontStatus(): ViewStatus {
  const front = useTabs((layout) => tabAt(layout).id);
  return useStatuses((all) => all[front] ?? emptyStatus);
}

/** Shows a status in the status bar while the view is in front. */
export function useStatus(summary: string, selected = 0): void {
  const tab = useTabId();
  useEffect(() => useStatuses.setState({ [tab]: { summary, selected } }), [tab, summary, selected]);
  useEffect(() => () => useStatuses.setState({ [tab]: emptyStatus }), [tab]);
}
