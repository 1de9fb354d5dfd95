import { useCallback, useState } from 'react';
import type { At } from './geometry.ts';

/** The cell that is pointed at; the same until it is another. */
export function usePointed(): readonly [At | null, (at: At | null) => void] {
  const [pointed, setPointed] = useState<At | null>(null);
  const point = useCallback(
    (at: At | null) =>
      setPointed((before) => (before?.row === at?.row && before?.column === at?.column ? before : at)),
    [],
  );
  return [pointed, point];
}
