import { windowStore } from '../../api/window-store.ts';
import { setSeatItem, useKept, useSeat } from '../../stores/seat.ts';
import { openTarget } from '../../stores/target.ts';

const seatKey = 'common:discard';

const useGoing = windowStore<{ id: string | null }>(() => ({ id: null }));

/** To be discarded once the page that has it open is gone. */
export const leaveFor = (id: string): void => setSeatItem(seatKey, id);

/** Whether a sandbox is about to be discarded, so that it is hidden. */
export function useLeft(id: string): boolean {
  const kept = useKept(seatKey);
  const going = useGoing((state) => state.id);
  return openTarget() !== id && (kept === id || going === id);
}

/** Runs `discard` once for a sandbox left to be discarded. */
export async function withLeft(discard: (id: string) => Promise<void>): Promise<void> {
  const id = useSeat.getState().items[seatKey];
  if (id === undefined || id === openTarget()) return;
  setSeatItem(seatKey, null);
  if (typeof id !== 'string') return;
  useGoing.setState({ id });
  try {
    await discard(id);
  } finally {
    useGoing.setState({ id: null });
  }
}
