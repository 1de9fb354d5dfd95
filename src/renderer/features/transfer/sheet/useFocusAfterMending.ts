import { useEffect, useRef } from 'react';
import type { RefObject } from 'react';

/**
 * A mended problem goes, and what had the focus goes with it: the focus moves on to the next problem, or to the heading when that
 * was the last. `problems` says which there are.
 */
export function useFocusAfterMending(
  box: RefObject<HTMLElement | null>,
  heading: RefObject<HTMLElement | null>,
  problems: string,
): void {
  const worked = useRef<number | null>(null);
  const shown = useRef(problems);
  useEffect(() => {
    const list = box.current;
    const note = (event: FocusEvent): void => {
      const card = event.target instanceof Element ? event.target.closest('[data-problem]') : null;
      worked.current = card ? [...(card.parentElement?.children ?? [])].indexOf(card) : null;
    };
    list?.addEventListener('focusin', note);
    return () => list?.removeEventListener('focusin', note);
  }, [box]);
  useEffect(() => {
    if (shown.current === problems) return;
    shown.current = problems;
    const at = worked.current;
    if (at === null || (document.activeElement && document.activeElement !== document.body)) return;
    worked.current = null;
    const cards = box.current?.querySelectorAll<HTMLElement>('[data-problem]') ?? [];
    const card = cards[Math.min(at, cards.length - 1)];
    // A field does nothing on a second Enter; a button would mend the next problem unseen: without a field it is the card itself.
    const field = card?.querySelector<HTMLElement>('input, select');
    (field ?? card ?? heading.current)?.focus();
  }, [box, heading, problems]);
}
