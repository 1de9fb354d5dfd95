import { flush } from '../../stores/seat.ts';
import { close } from '../../stores/tabs/changes.ts';
import { change, useTabs } from '../../stores/tabs/store.ts';

/** Closes a tab; with the last one of the window the window itself, which comes back as it was. */
export function closeTab(id: string): void {
  const { panes } = useTabs.getState();
  if (panes.length === 1 && panes[0]?.tabs.length === 1)
    // What the seat keeps is written first: a window that closes does not wait for it.
    void flush().finally(() => window.close());
  else change((layout) => close(layout, id));
}
