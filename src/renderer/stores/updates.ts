import { create } from 'zustand';
import type { UpdateState } from '#shared/shell/updates.ts';
import { onShellEvent } from '../api/shell.ts';

/** The state of program updates; null until the shell has answered. */
export const useUpdates = create<{ updates: UpdateState | null }>()(() => ({ updates: null }));

onShellEvent((event) => {
  if (event.kind === 'updates') useUpdates.setState({ updates: event.updates });
});
