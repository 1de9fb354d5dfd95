import { useEffect, useRef, useState } from 'react';

/** While somebody scrolls fast, pages are only asked for after this rest, in milliseconds. */
const rest = 60;

/** The pages that are wanted, following the rows on the screen only when they have come to rest. Another list (`key`) is followed at once. */
export function useWanted(now: readonly string[], key: string): readonly string[] {
  const [settled, setSettled] = useState(now);
  const text = now.join('\n');
  const lastKey = useRef(key);
  useEffect(() => {
    const wanted = text === '' ? [] : text.split('\n');
    if (lastKey.current !== key) {
      lastKey.current = key;
      setSettled(wanted);
      return undefined;
    }
    const timer = setTimeout(() => setSettled(wanted), rest);
    return () => clearTimeout(timer);
  }, [text, key]);
  return settled;
}
