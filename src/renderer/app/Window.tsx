import { Suspense, useEffect, useState } from 'react';
import { IconFileTypePdf, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { tableOf } from '#shared/domain/types.ts';
import { CommandHost } from '../commands/CommandHost.tsx';
import { preparePalette, usePalette } from '../commands/palette-state.ts';
import { useSeat } from '../stores/seat.ts';
import { trackClicks } from '../stores/tabs/new-tab-click.ts';
import { submitByKey } from '../ui/submit-key.ts';
import { inPast, isLive } from '../stores/target.ts';
import { persistTabs } from '../stores/tabs/persistence.ts';
import { focusOpenedPage } from '../features/workspace/opened-page.ts';
import { Boundary } from './Boundary.tsx';
import { ConnectionNotice } from './ConnectionNotice.tsx';
import { forwardEscape } from '../ui/escape.ts';
import { restoreLostFocus } from '../ui/focus.ts';
import {
  BackupsSlot,
  CareSlot,
  JobsSlot,
  GoldenSlot,
  HelpSlot,
  UpdatesSlot,
  OpenRequestSlot,
  PastBarSlot,
  PastSlot,
  PlayBarSlot,
  PlaySlot,
  SearchSlot,
  StepsSlot,
  SyncSlot,
  ConfirmSlot,
  ContactsSlot,
  TransferSlot,
  ViewsSlot,
  WarningSlot,
  prepareViews,
  RailViewsSlot,
} from './lazy-views.tsx';
import { StatusBar } from './StatusBar.tsx';
import { Panes } from './tabs/Panes.tsx';
import { useTabCommands } from './tabs/useTabCommands.ts';
import { TitleBar } from './TitleBar.tsx';
import { railKey, useFrameCommands, useSettingCommands } from './useFrameCommands.ts';
import { shell } from '../api/shell.ts';
import { useCommands } from '../commands/registry.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { whilePrinting } from '../stores/printing.ts';
import { localDay } from '../text/local-day.ts';
import { leaveProblemsBehind, notice } from '../ui/notices.tsx';
import { saveContent } from '../ui/save-content.ts';
import { useIsServerAdmin } from '../features/sync/state.ts';
import { useView, openView } from '../stores/address.ts';
import { queryFor } from '../stores/queries.ts';
import { numberText, shortNumber } from '../text/values.ts';
import { destinationIdOf, railSections } from '../ui/navigation.ts';
import type { Destination } from '../ui/navigation.ts';

function RailEntry({
  destination,
  isCurrent,
  count,
}: {
  destination: Destination;
  isCurrent: boolean;
  count: number | undefined;
}) {
  const Icon = destination.icon;
  return (
    <li>
      <button
        type="button"
        className="rail-entry"
        title={destination.label}
        aria-current={isCurrent ? 'page' : undefined}
        onClick={() => openView(destination.view)}
      >
        <Icon size={18} stroke={1.6} />
        <span className="cut">{destination.label}</span>
        {count !== undefined && (
          <span className="tiny regular faint rail-count num" title={numberText(count)}>
            {shortNumber(count)}
          </span>
        )}
      </button>
    </li>
  );
}

export function Rail() {
  const { t } = useTexts('frame');
  // The rail marks the current destination once: among the saved views if one is open, otherwise in the main part.
  const [isInSavedViews, setIsInSavedViews] = useState(false);
  const viewDestinationId = destinationIdOf(useView());
  const isAdmin = useIsServerAdmin();
  const currentId = isInSavedViews ? null : viewDestinationId;
  const { data } = useQuery(queryFor('entities.counts', {}));
  return (
    <nav className="rail" aria-label={t('nav.main')}>
      {railSections().map((section) => (
        <section key={section.heading ?? ''}>
          {section.heading !== null && <h2 className="tiny medium dim">{section.heading}</h2>}
          <ul className="stack single">
            {section.destinations
              .filter(({ isServerAdminOnly }) => !isServerAdminOnly || isAdmin)
              .map((destination) => (
                <RailEntry
                  key={destination.id}
                  destination={destination}
                  isCurrent={destination.id === currentId}
                  count={destination.type && (data?.[destination.type] ?? data?.[tableOf[destination.type]])}
                />
              ))}
          </ul>
        </section>
      ))}
      <Suspense fallback={null}>
        <RailViewsSlot onCurrentChange={setIsInSavedViews} />
      </Suspense>
    </nav>
  );
}

async function print(): Promise<void> {
  if ((await shell.print({})) !== 'noPrinter') return;
  notice({
    id: 'print',
    tone: 'bad',
    title: say('frame:print.noPrinter'),
    action: { label: say('frame:print.save'), run: () => void whilePrinting(saveViewAsPdf) },
    stays: 15_000,
  });
}

const saveViewAsPdf = (): Promise<void> =>
  saveContent({
    suggested: `frames-${localDay(new Date())}.pdf`,
    createContent: () => Promise.resolve({ kind: 'view' }),
    failureTitle: say('insights:evidence.failed'),
  });

function usePrintCommands(): void {
  const { t } = useTexts('frame');
  useCommands(
    () => [
      {
        id: 'file.print',
        group: 'file',
        label: t('print.command'),
        shortcut: 'mod+P',
        everywhere: true,
        icon: IconPrinter,
        run: () => whilePrinting(print),
      },
      {
        id: 'file.printToFile',
        group: 'file',
        label: t('print.save'),
        icon: IconFileTypePdf,
        run: () => whilePrinting(saveViewAsPdf),
      },
    ],
    [t],
  );
}

export function Window() {
  useFrameCommands();
  useTabCommands();
  useSettingCommands();
  usePrintCommands();
  const isPaletteLoaded = usePalette((state) => state.isLoaded);
  const isRailHidden = useSeat((seat) => seat.items[railKey] === true);
  useEffect(preparePalette, []);
  useEffect(prepareViews, []);
  useEffect(restoreLostFocus, []);
  useEffect(focusOpenedPage, []);
  useEffect(forwardEscape, []);
  useEffect(persistTabs, []);
  useEffect(trackClicks, []);
  useEffect(submitByKey, []);
  useEffect(leaveProblemsBehind, []);
  return (
    <div className="window">
      <TitleBar />
      {!isLive() && (
        <div className="title-under">
          <Suspense fallback={null}>{inPast() ? <PastBarSlot /> : <PlayBarSlot />}</Suspense>
        </div>
      )}
      {!isRailHidden && <Rail />}
      <Panes />
      <div className="warning-slot" aria-live="polite">
        <Boundary>
          <Suspense fallback={null}>
            <WarningSlot />
          </Suspense>
        </Boundary>
      </div>
      <StatusBar />
      <CommandHost />
      <ConnectionNotice />
      <Boundary>
        <Suspense fallback={null}>
          <TransferSlot />
          <ConfirmSlot />
          <ContactsSlot />
          <OpenRequestSlot />
          <StepsSlot />
          <ViewsSlot />
          <HelpSlot />
          <UpdatesSlot />
          <PlaySlot />
          <PastSlot />
          <BackupsSlot />
          <GoldenSlot />
          <CareSlot />
          <JobsSlot />
          {isLive() && <SyncSlot />}
          {isPaletteLoaded && <SearchSlot />}
        </Suspense>
      </Boundary>
    </div>
  );
}
