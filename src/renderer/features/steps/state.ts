import { windowStore } from '../../api/window-store.ts';

/** Whether the list of steps is shown, and whether it ever was, so that its code is loaded on first use. */
export const useSteps = windowStore<{ opened: boolean; wanted: boolean }>(() => ({
  opened: false,
  wanted: false,
}));

export function showSteps(opened: boolean): void {
  useSteps.setState((state) => ({ opened, wanted: opened || state.wanted }));
}
