import { useEffect } from 'react';
import type { RefObject } from 'react';

/** What stands over the whole window, the topmost last. */
const overs: HTMLElement[] = [];

/** Only the topmost can be reached. */
function settle(): void {
  document.getElementById('root')?.toggleAttribute('inert', overs.length > 0);
  for (const [place, one] of overs.entries()) one.toggleAttribute('inert', place < overs.length - 1);
}

/**
 * For what is drawn beside the page and over all of it while `shown`: nothing beneath can be reached, `first` has the focus, and what had
 * it before has it again at the end.
 */
export function useOver(
  shown: boolean,
  over: RefObject<HTMLElement | null>,
  first: RefObject<HTMLElement | null>,
): void {
  useEffect(() => {
    const { current } = over;
    if (!shown || !current) return () => {};
    const { activeElement: before } = document;
    overs.push(current);
    settle();
    first.current?.focus({ preventScroll: true });
    return () => {
      overs.splice(overs.indexOf(current), 1);
      settle();
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, [shown, over, first]);
}
