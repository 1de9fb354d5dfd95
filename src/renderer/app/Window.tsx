import { lazy, Suspense, useEffect } from 'react';
import { printAddress } from '#shared/address/address.ts';
import { CommandHost } from '../commands/CommandHost.tsx';
import { preparePalette, usePalette } from '../commands/palette-state.ts';
import { here, useTrail } from '../stores/address.ts';
import { keep, useSeat } from '../stores/seat.ts';
import { Boundary } from './Boundary.tsx';
import { ConnectionNotice } from './ConnectionNotice.tsx';
import { keepFocus } from './focus.ts';
import { Rail } from './Rail.tsx';
import { TransferSlot } from './slots.tsx';
import { StatusBar } from './StatusBar.tsx';
import { TitleBar } from './TitleBar.tsx';
import { railKey, useFrameCommands } from './useFrameCommands.ts';
import { ViewHost } from './ViewHost.tsx';
import { prepareViews } from './views.tsx';

const Palette = lazy(() => import('../commands/Palette.tsx'));

/** Where the window is, kept for the next start. */
export const placeKey = 'place';

/** The whole window: title bar, rail, view, status bar, and what waits behind them. */
export function Window() {
  useFrameCommands();
  const palette = usePalette((state) => state.wanted);
  const railHidden = useSeat((seat) => seat.items[railKey] === true);
  useEffect(preparePalette, []);
  useEffect(prepareViews, []);
  useEffect(keepFocus, []);
  useEffect(() => useTrail.subscribe(() => keep(placeKey, printAddress(here()))), []);
  return (
    <div className="window">
      <TitleBar />
      {!railHidden && <Rail />}
      <ViewHost />
      <StatusBar />
      <CommandHost />
      <ConnectionNotice />
      <Boundary>
        <Suspense fallback={null}>
          <TransferSlot />
          {palette && <Palette />}
        </Suspense>
      </Boundary>
    </div>
  );
}
