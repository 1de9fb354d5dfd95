import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import '#renderer/i18n/setup.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { themeFor } from '#renderer/theme/theme.ts';

const theme = themeFor('en');

/** Draws a part of the window within what it needs, and gives hands to use it. */
export function draw(part: ReactNode) {
  const hands = userEvent.setup();
  const drawn = render(
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} env="test">
        <Notifications />
        <ModalsProvider>{part}</ModalsProvider>
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { ...drawn, hands };
}
