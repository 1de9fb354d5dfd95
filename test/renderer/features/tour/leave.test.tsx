import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import Tour from '#renderer/features/tour/Tour.tsx';
import { endTour, startTour, useTour } from '#renderer/features/tour/state.ts';
import { go, here } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { listOf } from '#shared/address/view.ts';
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

it('leads back to where one was, unless one has gone elsewhere oneself', async () => {
  act(() => {
    endTour();
    go(listOf('student'));
    startTour();
  });
  const { hands } = draw(<Tour />);
  await hands.keyboard('{Enter}');
  await waitFor(() => expect(here().view).toMatchObject({ kind: 'list', type: 'team' }));
  await hands.keyboard('{Escape}');
  expect(here().view).toEqual(listOf('student'));
  act(startTour);
  await screen.findByRole('dialog');
  act(() => go(listOf('outcome')));
  await hands.keyboard('{Escape}');
  expect(here().view).toEqual(listOf('outcome'));
});

it('Enter goes on; on a button it presses that button', async () => {
  const { hands } = draw(<Tour />);
  await hands.keyboard('{Enter}');
  await waitFor(() => expect(useTour.getState().at).toBe(1));
  screen.getByRole('button', { name: 'Back' }).focus();
  await hands.keyboard('{Enter}');
  await waitFor(() => expect(useTour.getState().at).toBe(0));
});
