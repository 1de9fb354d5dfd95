import { useEffect, useState } from 'react';
import { useBrought } from '../../../stores/address.ts';
import { inPast } from '../../../stores/target.ts';

/**
 * True when a list that "Show" opened had records, and the last of them has left it. `matched`: how many there are now, null while that
 * is being read; `list`: what tells the list from another. In the past nothing is mended: a list is empty at a moment before.
 */
export function useMended(list: string, matched: number | null): boolean {
  const brought = useBrought();
  const [full, setFull] = useState('');
  const hasRows = matched !== null && matched > 0;
  useEffect(() => {
    // It is remembered for when they are gone; nothing of it is drawn now.
    // oxlint-disable-next-line react/set-state-in-effect
    if (brought && hasRows) setFull(list);
  }, [brought, hasRows, list]);
  return !inPast() && brought && matched === 0 && full === list;
}
