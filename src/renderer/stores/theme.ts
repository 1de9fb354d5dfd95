import { create } from 'zustand';
import { onShellEvent } from '../api/shell.ts';

/** The theme that is shown: the seat's choice, or the system's. The shell decides, so that its own parts agree. */
export const useTheme = create<{ shown: 'light' | 'dark' }>()(() => ({
  shown: document.documentElement.dataset.mantineColorScheme === 'dark' ? 'dark' : 'light',
}));

/** Follows the shell's theme. Gives a function that ends it. */
export function followTheme(): () => void {
  return onShellEvent((event) => {
    if (event.kind === 'theme') useTheme.setState({ shown: event.theme });
  });
}
