import { useEffect } from 'react';
import { windowStore } from '../api/window-store.ts';
import { tabAt } from './tabs/layout.ts';
import { useTabId, useTabs } from './tabs/store.ts';

interface Shown {
  /** "412 records · 23 shown", or ''. */
  summary: string;
  selected: number;
}

const nothing: Shown = { summary: '', selected: 0 };

/** The status of each tab's view. */
const useAll = windowStore<Readonly<Record<string, Shown>>>(() => ({}));

export function useShown(): Shown {
  const front = useTabs((layout) => tabAt(layout).id);
  return useAll((all) => all[front] ?? nothing);
}

/** Shows a status in the status bar while the view is in front. */
export function useStatus(summary: string, selected = 0): void {
  const tab = useTabId();
  useEffect(() => useAll.setState({ [tab]: { summary, selected } }), [tab, summary, selected]);
  useEffect(() => () => useAll.setState({ [tab]: nothing }), [tab]);
}
