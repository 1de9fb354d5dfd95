import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Comparison, Watched } from '#shared/contract/compare.ts';
import { api } from '../../../api/client.ts';
import { sandboxesChanged } from '../useSandboxes.ts';
import { sameHeads } from './kept-choices.ts';

/** How long to wait before asking again after it ended, in milliseconds. */
const rest = 1000;

/** Hears what both are like until the signal is raised, and of null when nobody can say any more. */
async function listen(id: string, signal: AbortSignal, hear: (sides: Watched | null) => void): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const sides of await api.sandboxes.watch({ id }, { signal }))
        if (!signal.aborted) hear(sides);
    } catch {
      // Why is said by the comparison, which is read again.
      if (!signal.aborted) hear(null);
    }
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
}

interface Read {
  first: Comparison | undefined;
  error: unknown;
  isFetching: boolean;
}

/** Has what was compared read again when live or the sandbox has gone on since or is called otherwise, in whatever process. */
export function useWatch(id: string, { first: shown, error, isFetching }: Read): void {
  const client = useQueryClient();
  const [told, setTold] = useState<Watched | null | undefined>();
  const answered = useRef<typeof told>(undefined);
  const isThere = shown !== undefined;
  useEffect(() => {
    if (!isThere) return () => {};
    const ending = new AbortController();
    void listen(id, ending.signal, setTold);
    return () => ending.abort();
  }, [id, isThere]);
  useEffect(() => {
    // Once for all that is told: what is being read by then may be of before.
    if (isFetching || !shown || told === undefined || answered.current === told) return;
    answered.current = told;
    const isRenamed = told !== null && told.name !== shown.sandbox.name;
    if (isRenamed) void sandboxesChanged();
    if (told && error === null && sameHeads(told, shown) && !isRenamed) return;
    void client.invalidateQueries({ queryKey: ['compared', id] });
  }, [client, id, told, shown, error, isFetching]);
}
