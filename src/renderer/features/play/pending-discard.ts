import { windowStore } from '../../api/window-store.ts';
import { setSeatItem, useSeatItem, useSeat } from '../../stores/seat.ts';
import { pageTarget } from '../../stores/target.ts';

const seatKey = 'common:discard';

const useDiscarding = windowStore<{ id: string | null }>(() => ({ id: null }));

/** Stores a sandbox to be discarded after the page that has it open is closed. */
export const discardAfterLeaving = (id: string): void => setSeatItem(seatKey, id);

/** Whether a sandbox is being discarded, so that its comparison is hidden. */
export function useIsDiscarding(id: string): boolean {
  const storedId = useSeatItem(seatKey);
  const discardingId = useDiscarding((state) => state.id);
  return pageTarget() !== id && (storedId === id || discardingId === id);
}

/** Runs `discard` once for the sandbox that was stored to be discarded. */
export async function withPendingDiscard(discard: (id: string) => Promise<void>): Promise<void> {
  const id = useSeat.getState().items[seatKey];
  if (id === undefined || id === pageTarget()) return;
  setSeatItem(seatKey, null);
  if (typeof id !== 'string') return;
  useDiscarding.setState({ id });
  try {
    await discard(id);
  } finally {
    useDiscarding.setState({ id: null });
  }
}
