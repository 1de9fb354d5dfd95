import { act, screen, waitFor } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { expect, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import ImportView from '#renderer/features/transfer/ImportView.tsx';
import { leaveImport, previewText } from '#renderer/features/transfer/run.ts';
import { useImport } from '#renderer/features/transfer/state.ts';
import { watchChanges } from '#renderer/stores/refresh-queries.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

/** A window that looks at no file yet, of somebody who has imported none. */
export function begin(): void {
  layOut();
  leaveImport();
  useSeat.setState({ items: {} });
}

/** The import view over an empty workspace. */
export async function open() {
  const served = await serveCore();
  onTestFinished(watchChanges(queryClient));
  return { served, ...draw(<ImportView />) };
}

export const paste = (text: string): Promise<void> => act(() => previewText(text));

/** Until the rows have been checked. */
export const settled = () =>
  waitFor(() =>
    expect(useImport.getState()).toMatchObject({ stage: 'previewed', previewedFile: { isChecking: false } }),
  );

/** Pastes a table of one team and imports it. */
export async function bring(hands: UserEvent, text: string): Promise<void> {
  await paste(text);
  await settled();
  await hands.click(screen.getByRole('button', { name: 'Import 1 team' }));
  await screen.findByText(/counts and samples/);
}

/** The button of that name, as soon as it can be pressed. */
export const possible = (name: string | RegExp) =>
  waitFor(() => {
    const button = screen.getByRole<HTMLButtonElement>('button', { name });
    expect(button.disabled).toBe(false);
    return button;
  });

export const teams = async () => (await api.entities.list({ type: 'team', limit: 100 })).rows;
