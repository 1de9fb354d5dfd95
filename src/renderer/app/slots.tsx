import { lazy } from 'react';

/** What features put into the frame: each is always there, and comes after the first paint. */
export const BackupsSlot = lazy(() => import('../features/backups/BackupsHost.tsx'));
export const CareSlot = lazy(() => import('../features/care/CareHost.tsx'));
export const GoldenSlot = lazy(() => import('../features/golden/GoldenHost.tsx'));
export const PastBarSlot = lazy(() => import('../features/past/PastBar.tsx'));
export const PastSlot = lazy(() => import('../features/past/PastHost.tsx'));
export const PlayBarSlot = lazy(() => import('../features/play/PlayBar.tsx'));
export const PlaySlot = lazy(() => import('../features/play/PlayHost.tsx'));
export const ProfileSlot = lazy(() => import('../features/profiles/ProfileMenu.tsx'));
export const NoticeSlot = lazy(() => import('../features/notices/NoticeBell.tsx'));
export const OutsideSlot = lazy(() => import('../features/links/OutsideHost.tsx'));
export const StepsSlot = lazy(() => import('../features/steps/StepsHost.tsx'));
export const TransferSlot = lazy(() => import('../features/transfer/TransferHost.tsx'));
export const ViewsSlot = lazy(() => import('../features/views/ViewsHost.tsx'));
export const WarningSlot = lazy(() => import('../features/care/warnings/WarningBar.tsx'));
export const RailViewsSlot = lazy(() => import('../features/views/RailViews.tsx'));
/** The search box, which is the palette too: commands are among what it finds, and `>` leaves nothing but them. */
export const SearchSlot = lazy(() => import('../features/search/SearchBox.tsx'));
export const HelpSlot = lazy(() => import('../features/help/HelpHost.tsx'));
