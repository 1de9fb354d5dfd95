import { windowStore } from '../../api/window-store.ts';

/** Whether the list of steps is shown, and whether it ever was, so that its code is loaded on first use. */
export const useSteps = windowStore<{ opened: boolean; isLoaded: boolean }>(() => ({
  opened: false,
  isLoaded: false,
}));

export function showSteps(opened: boolean): void {
  useSteps.setState((state) => ({ opened, isLoaded: opened || state.isLoaded }));
}
