import { lazy } from 'react';
import type { ComponentType } from 'react';
import type { View } from '#shared/address/view.ts';

/** Parts of features that are always mounted, after the first paint. */
export const BackupsSlot = lazy(() => import('../features/versions/BackupsHost.tsx'));
export const CareSlot = lazy(() => import('../features/care/CareHost.tsx'));
export const JobsSlot = lazy(() => import('../features/jobs/JobsHost.tsx'));
export const JobsChipSlot = lazy(() => import('../features/jobs/JobsChip.tsx'));
export const GoldenSlot = lazy(() => import('../features/versions/golden/GoldenHost.tsx'));
export const PastBarSlot = lazy(() => import('../features/past/PastBar.tsx'));
export const PastSlot = lazy(() => import('../features/past/PastHost.tsx'));
export const PlayBarSlot = lazy(() => import('../features/play/SandboxBar.tsx'));
export const PlaySlot = lazy(() => import('../features/play/SandboxesHost.tsx'));
export const ProfileSlot = lazy(() => import('../features/profiles/ProfileMenu.tsx'));
export const NoticeSlot = lazy(() => import('../features/notices/NoticeBell.tsx'));
export const OpenRequestSlot = lazy(() => import('../features/links/OpenRequestHost.tsx'));
export const StepsSlot = lazy(() => import('../features/steps/StepsHost.tsx'));
export const ContactsSlot = lazy(() => import('../features/contacts/ContactsHost.tsx'));
export const ConfirmSlot = lazy(() => import('../features/confirm/ConfirmHost.tsx'));
export const SyncChipSlot = lazy(() => import('../features/sync/SyncChip.tsx'));
export const SyncSlot = lazy(() => import('../features/sync/SyncHost.tsx'));
export const TransferSlot = lazy(() => import('../features/transfer/TransferHost.tsx'));
export const ViewsSlot = lazy(() => import('../features/views/ViewsHost.tsx'));
export const WarningSlot = lazy(() => import('../features/care/warnings/WarningBar.tsx'));
export const RailViewsSlot = lazy(() => import('../features/views/RailViews.tsx'));
export const SearchSlot = lazy(() => import('../features/search/Palette.tsx'));
export const UpdatesSlot = lazy(() => import('../features/updates/UpdatesHost.tsx'));
export const HelpSlot = lazy(() => import('../features/help/HelpHost.tsx'));

/** Each view is a chunk of its own, so that the window paints before heavy ones load. */
const viewLoaders: Readonly<Record<View['kind'], () => Promise<{ default: ComponentType }>>> = {
  home: () => import('../features/home/HomeView.tsx'),
  insights: () => import('../features/insights/InsightsView.tsx'),
  models: () => import('../features/insights/models/ModelsView.tsx'),
  dashboard: () => import('../features/dashboard/DashboardView.tsx'),
  structure: () => import('../features/dashboard/structure/StructureView.tsx'),
  compare: () => import('../features/play/compare/CompareView.tsx'),
  versions: () => import('../features/versions/VersionsView.tsx'),
  moments: () => import('../features/past/compare/MomentsView.tsx'),
  play: () => import('../features/play/SandboxesView.tsx'),
  care: () => import('../features/care/CareView.tsx'),
  ask: () => import('../features/ask/AskView.tsx'),
  jobs: () => import('../features/jobs/JobsView.tsx'),
  sync: () => import('../features/sync/SyncView.tsx'),
  administration: () => import('../features/administration/AdministrationView.tsx'),
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
  confirm: () => import('../features/confirm/ConfirmView.tsx'),
  evidence: () => import('../features/contacts/ProposalsView.tsx'),
  matrix: () => import('../features/matrix/MatrixView.tsx'),
  whatif: () => import('../features/whatif/WhatIfView.tsx'),
  molecule: () => import('../features/molecule/MoleculeView.tsx'),
};

export const viewComponents = Object.fromEntries(
  Object.entries(viewLoaders).map(([kind, load]) => [kind, lazy(load)]),
) as unknown as Record<View['kind'], ComponentType>;

/** Loads the first view before the first render, which saves a second pass. */
export async function loadView(kind: View['kind']): Promise<void> {
  viewComponents[kind] = (await viewLoaders[kind]()).default;
}

/** Preloads the most likely next view when idle. */
export function prepareViews(): () => void {
  const idleCallback = requestIdleCallback(() => void viewLoaders.list().catch(() => {}), { timeout: 3000 });
  return () => cancelIdleCallback(idleCallback);
}
