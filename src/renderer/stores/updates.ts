import type { UpdateState } from '#shared/shell/updates.ts';
import { atStart } from '../api/window-state.ts';
import { windowStore } from '../api/window-store.ts';
import { onShellEvent } from '../api/shell.ts';

export const useUpdates = windowStore<{ updates: UpdateState | null }>(() => ({ updates: null }));

atStart(() =>
  onShellEvent((event) => {
    if (event.kind === 'updates') useUpdates.setState({ updates: event.updates });
  }),
);
