import type { Program } from '#shared/shell/program.ts';
import { windowStore } from '../api/window-store.ts';
import { shell } from '../api/shell.ts';

/** The running program; null until the shell has answered. */
export const useProgram = windowStore<{ program: Program | null }>(() => ({ program: null }));

/** Asks the shell once; without an answer no version is shown. */
export async function loadProgram(): Promise<void> {
  if (useProgram.getState().program) return;
  try {
    useProgram.setState({ program: await shell.about({}) });
  } catch {
    // The version is then only missing in copied error details.
  }
}
