import { useCallback, useState } from 'react';
import type { At } from './geometry.ts';

/** The pointed cell; stable until it changes. */
export function usePointed(): readonly [At | null, (at: At | null) => void] {
  const [pointed, setPointed] = useState<At | null>(null);
  const point = useCallback(
    (at: At | null) =>
      setPointed((before) => (before?.row === at?.row && before?.column === at?.column ? before : at)),
    [],
  );
  return [pointed, point];
}
