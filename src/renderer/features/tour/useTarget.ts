import { useEffect, useState } from 'react';
import { frontPart } from '../../ui/focus.ts';
import type { Box } from './place.ts';

/** How often the place of what is pointed at is looked up, in milliseconds: it comes late, and moves with the window. */
const interval = 120;

const shownIn = (part: ParentNode, selector: string): Element | undefined =>
  [...part.querySelectorAll(selector)].find((one) => one.getClientRects().length > 0);

function boxOf(selector: string): Box | null {
  // Of two panes the one in front: that is where the tour has led to. What belongs to the window stands in neither.
  const found = shownIn(frontPart(), selector) ?? shownIn(document, selector);
  if (!found) return null;
  const { left, top, width, height } = found.getBoundingClientRect();
  return { left, top, width, height };
}

/** Where the element of a selector is in the window, followed while it moves; null while it is not there. */
export function useTarget(selector: string): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    let last = '';
    const look = (): void => {
      const found = boxOf(selector);
      const text = JSON.stringify(found);
      if (text !== last) setBox(found);
      last = text;
    };
    look();
    const timer = setInterval(look, interval);
    return () => clearInterval(timer);
  }, [selector]);
  return box;
}
