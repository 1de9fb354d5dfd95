import { useDebouncedValue } from '@mantine/hooks';
import { useRef } from 'react';
import type { CompareView, MomentsView } from '#shared/address/view.ts';
import { go } from '../../../stores/address.ts';
import { useTabId } from '../../../stores/tabs/store.ts';

/** How long typing has to rest, in milliseconds. */
const rest = 150;

/**
 * What a comparison is narrowed to, which its address keeps: `typed` is looked for, `text` once typing rests. What is narrowed otherwise
 * begins at the top of its list, whose element `scroller` is.
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
