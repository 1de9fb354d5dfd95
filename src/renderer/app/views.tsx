import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { View } from '#shared/address/view.ts';

/** Each view is a chunk of its own, so that the window is there before the heavy ones are. */
const sources: Readonly<Record<View['kind'], () => Promise<{ default: ComponentType }>>> = {
  home: () => import('../features/home/HomeView.tsx'),
  compare: () => import('../features/play/compare/CompareView.tsx'),
  backups: () => import('../features/backups/BackupsView.tsx'),
  moments: () => import('../features/past/compare/MomentsView.tsx'),
  play: () => import('../features/play/PlayView.tsx'),
  golden: () => import('../features/golden/GoldenView.tsx'),
  'golden-compare': () => import('../features/golden/GoldenCompareView.tsx'),
  care: () => import('../features/care/CareView.tsx'),
  list: () => import('../features/records/ListView.tsx'),
  history: () => import('../features/history/HistoryView.tsx'),
  import: () => import('../features/transfer/ImportView.tsx'),
  record: () => import('../features/records/alone/RecordView.tsx'),
  preferences: () => import('../features/preferences/PreferencesView.tsx'),
  shortcuts: () => import('../features/shortcuts/ShortcutsView.tsx'),
  about: () => import('../features/about/AboutView.tsx'),
  help: () => import('../features/help/HelpView.tsx'),
  wizard: () => import('../features/wizard/WizardView.tsx'),
  network: () => import('../features/network/NetworkView.tsx'),
};

/** What draws each kind of view. */
export const views: Record<View['kind'], ComponentType> = {
  home: lazy(sources.home),
  compare: lazy(sources.compare),
  backups: lazy(sources.backups),
  moments: lazy(sources.moments),
  play: lazy(sources.play),
  golden: lazy(sources.golden),
  'golden-compare': lazy(sources['golden-compare']),
  care: lazy(sources.care),
  list: lazy(sources.list),
  history: lazy(sources.history),
  import: lazy(sources.import),
  record: lazy(sources.record),
  preferences: lazy(sources.preferences),
  shortcuts: lazy(sources.shortcuts),
  about: lazy(sources.about),
  help: lazy(sources.help),
  wizard: lazy(sources.wizard),
  network: lazy(sources.network),
};

/** Loads the view that is shown first, before anything is drawn: one that comes later would cost a second pass. */
export async function loadView(kind: View['kind']): Promise<void> {
  views[kind] = (await sources[kind]()).default;
}

/** Loads what is most likely wanted next while nobody waits for it. */
export function prepareViews(): () => void {
  const waiting = requestIdleCallback(() => void sources.list().catch(() => {}), { timeout: 3000 });
  return () => cancelIdleCallback(waiting);
}
