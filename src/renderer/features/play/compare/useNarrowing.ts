import { useDebouncedValue } from '@mantine/hooks';
import { useRef } from 'react';
import type { CompareView, MomentsView } from '#shared/address/view.ts';
import { go } from '../../../stores/address.ts';
import { useTabId } from '../../../stores/tabs/store.ts';

/** Milliseconds after the last key before searching. */
const rest = 150;

/**
 * The comparison's filters, kept in its address: `typed` immediately, `text` after a pause. A changed filter scrolls `scroller` to the top.
 */
export function useNarrowing<View extends CompareView | MomentsView>(view: View) {
  const tab = useTabId();
  const typed = view.search ?? '';
  const [text] = useDebouncedValue(typed, rest);
  const scroller = useRef<HTMLElement>(null);
  const narrow = (part: Partial<Omit<View, 'kind'>>): void => {
    scroller.current?.scrollTo({ top: 0 });
    go({ ...view, ...part }, { replace: true, tab });
  };
  return { typed, text, scroller, narrow };
}
