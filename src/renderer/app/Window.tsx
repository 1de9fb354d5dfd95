import { Suspense, useEffect } from 'react';
import { CommandHost } from '../commands/CommandHost.tsx';
import { preparePalette, usePalette } from '../commands/palette-state.ts';
import { useSeat } from '../stores/seat.ts';
import { followClicks } from '../stores/tabs/aside.ts';
import { submitByKey } from '../ui/submit-key.ts';
import { inPast, isLive } from '../stores/target.ts';
import { keepTabs } from '../stores/tabs/keeping.ts';
import { focusTurned } from '../features/workspace/turned.ts';
import { Boundary } from './Boundary.tsx';
import { ConnectionNotice } from './ConnectionNotice.tsx';
import { handEscape } from '../ui/escape.ts';
import { keepFocus } from '../ui/focus.ts';
import { Rail } from './Rail.tsx';
import {
  BackupsSlot,
  CareSlot,
  JobsSlot,
  GoldenSlot,
  HelpSlot,
  UpdatesSlot,
  OutsideSlot,
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
} from './views.tsx';
import { StatusBar } from './StatusBar.tsx';
import { Panes } from './tabs/Panes.tsx';
import { useTabCommands } from './tabs/useTabCommands.ts';
import { TitleBar } from './TitleBar.tsx';
import { usePrintCommands } from './usePrintCommands.ts';
import { railKey, useFrameCommands, useSettingCommands } from './useFrameCommands.ts';

export function Window() {
  useFrameCommands();
  useTabCommands();
  useSettingCommands();
  usePrintCommands();
  const palette = usePalette((state) => state.wanted);
  const railHidden = useSeat((seat) => seat.items[railKey] === true);
  useEffect(preparePalette, []);
  useEffect(prepareViews, []);
  useEffect(keepFocus, []);
  useEffect(focusTurned, []);
  useEffect(handEscape, []);
  useEffect(keepTabs, []);
  useEffect(followClicks, []);
  useEffect(submitByKey, []);
  return (
    <div className="window">
      <TitleBar />
      {!isLive() && (
        <div className="title-under">
          <Suspense fallback={null}>{inPast() ? <PastBarSlot /> : <PlayBarSlot />}</Suspense>
        </div>
      )}
      {!railHidden && <Rail />}
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
          <OutsideSlot />
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
          {palette && <SearchSlot />}
        </Suspense>
      </Boundary>
    </div>
  );
}
