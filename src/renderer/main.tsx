import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useMemo } from 'react';
import { createRoot } from 'react-dom/client';
import { z } from 'zod';
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './theme/tokens.css';
import './theme/base.css';
import './theme/mantine.css';
import './theme/distinctions.css';
import './ui/ui.css';
import './ui/marks.css';
import './ui/table.css';
import './ui/changes.css';
import './app/app.css';
import './ui/kit/layout.css';
import './ui/kit/space.css';
import './ui/kit/text.css';
import './theme/print.css';
import { useLanguage } from './i18n/setup.ts';
import { Boundary } from './app/Boundary.tsx';
import { Window } from './app/Window.tsx';
import { loadView } from './app/lazy-views.tsx';
import { pageOptions, queryOf } from './features/records/data/rows.ts';
import { showStartLink } from './features/workspace/opened-page.ts';
import { currentAddress } from './stores/address.ts';
import { recoverTyping } from './stores/drafts.ts';
import { watchChanges } from './stores/refresh-queries.ts';
import { followPreferences, preferenceOf } from './stores/preferences.ts';
import { resumeProfile } from './stores/profile.ts';
import { queryClient } from './stores/queries.ts';
import { loadSeat, useSeat, followTheme, useTheme } from './stores/seat.ts';
import { resumeTabs } from './stores/tabs/persistence.ts';
import { themeFor } from './theme/theme.ts';
import { tokensAsVariables } from './theme/variables.ts';

// zod would probe eval, which the content security policy forbids and reports.
z.config({ jitless: true });

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// The library that locks scrolling behind a modal reads the nonce for its style from this global.
Object.assign(globalThis, { __webpack_nonce__: nonce });

function App() {
  const scheme = useTheme((state) => state.theme);
  const language = useLanguage();
  const theme = useMemo(() => themeFor(language), [language]);
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider
        theme={theme}
        forceColorScheme={scheme}
        cssVariablesResolver={tokensAsVariables}
        getStyleNonce={() => nonce}
      >
        <Notifications position="bottom-right" limit={3} containerWidth={920} notificationMaxHeight={480} />
        <ModalsProvider>
          {/* The key re-renders texts that do not subscribe to the language. */}
          <Boundary key={language}>
            <Window />
          </Boundary>
        </ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>
  );
}

async function start(): Promise<void> {
  followTheme();
  await loadSeat();
  recoverTyping();
  // The views report a workspace that cannot be reached.
  void resumeProfile().catch(() => {});
  await followPreferences();
  resumeTabs(useSeat.getState().items, preferenceOf('start') === 'home');
  showStartLink();
  const { view } = currentAddress();
  if (view.kind === 'list') void queryClient.prefetchQuery(pageOptions(queryOf(view), 0));
  await loadView(view.kind);
  watchChanges(queryClient);

  const root = document.getElementById('root');
  if (!root) throw new Error('The page has no root.');
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}

void start();
