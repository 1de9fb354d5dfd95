import { create } from 'zustand';
import type { Program } from '#shared/shell/program.ts';
import { shell } from '../api/shell.ts';

/** Which program this is; null until the shell has said so. */
export const useProgram = create<{ program: Program | null }>()(() => ({ program: null }));

/** Asks once; without an answer the program goes by no version. */
export async function learnProgram(): Promise<void> {
  if (useProgram.getState().program) return;
  try {
    useProgram.setState({ program: await shell.about({}) });
  } catch {
    // It is only missing in what is copied of an error.
  }
}
