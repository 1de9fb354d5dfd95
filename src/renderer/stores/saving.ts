import { windowStore } from '../api/window-store.ts';

export const useSaving = windowStore<{ count: number }>(() => ({ count: 0 }));

export async function whileSaving<T>(work: () => Promise<T>): Promise<T> {
  useSaving.setState(({ count }) => ({ count: count + 1 }));
  try {
    return await work();
  } finally {
    useSaving.setState(({ count }) => ({ count: count - 1 }));
  }
}
