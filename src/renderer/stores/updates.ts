import { create } from 'zustand';
import type { UpdateState } from '#shared/shell/updates.ts';
import { onShellEvent } from '../api/shell.ts';

/** How updates of the program stand; null until the shell has said so. */
export const useUpdates = create<{ updates: UpdateState | null }>()(() => ({ updates: null }));

onShellEvent((event) => {
  if (event.kind === 'updates') useUpdates.setState({ updates: event.updates });
});
