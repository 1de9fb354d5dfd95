import { screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import Tour from '#renderer/features/tour/Tour.tsx';
import { startTour, useTour } from '#renderer/features/tour/state.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';

beforeEach(async () => {
  useSeat.setState({ items: {} });
  await serveCore();
  startTour();
});

it('Esc at the first step ends the tour without a word', async () => {
  const { hands } = draw(<Tour />);
  await hands.keyboard('{Escape}');
  await waitFor(() => expect(useTour.getState().at).toBeNull());
  expect(screen.queryByText('That was the tour')).toBeNull();
});

it('Enter goes on; on a button it presses that button', async () => {
  const { hands } = draw(<Tour />);
  await hands.keyboard('{Enter}');
  await waitFor(() => expect(useTour.getState().at).toBe(1));
  screen.getByRole('button', { name: 'Back' }).focus();
  await hands.keyboard('{Enter}');
  await waitFor(() => expect(useTour.getState().at).toBe(0));
});
