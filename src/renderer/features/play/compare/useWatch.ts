import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Comparison, Watched } from '#shared/contract/compare.ts';
import { api } from '../../../api/client.ts';
import { sandboxesChanged } from '../useSandboxes.ts';
import { sameHeads } from './kept-choices.ts';

/** Milliseconds before subscribing again. */
const rest = 1000;

/** Subscribes to both sides until the signal aborts; null when they are unknown. */
async function listen(id: string, signal: AbortSignal, hear: (sides: Watched | null) => void): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const sides of await api.sandboxes.watch({ id }, { signal }))
        if (!signal.aborted) hear(sides);
    } catch {
      // The comparison, reloaded, shows the reason.
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

/** Reloads the comparison when live or the sandbox is changed or renamed by any process. */
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
    // Once for each report: a running load may be of the previous state.
    if (isFetching || !shown || told === undefined || answered.current === told) return;
    answered.current = told;
    const isRenamed = told !== null && told.name !== shown.sandbox.name;
    if (isRenamed) void sandboxesChanged();
    if (told && error === null && sameHeads(told, shown) && !isRenamed) return;
    void client.invalidateQueries({ queryKey: ['compared', id] });
  }, [client, id, told, shown, error, isFetching]);
}
