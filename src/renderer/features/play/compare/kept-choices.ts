import { useEffect, useMemo } from 'react';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Comparison, Heads } from '#shared/contract/compare.ts';
import { isCancelled } from '../../../api/failures.ts';
import { inSession } from '../../../stores/session.ts';
import { report } from '../../../ui/notices.tsx';
import { certain, noChoices, promotable, settled } from './choices.ts';
import type { Choices, Step } from './choices.ts';
import { readAll } from './useComparison.ts';

interface Kept {
  choices: Choices;
  heads: Heads;
}

/** By sandbox id, as long as the window is open. */
export const useKept = create<Readonly<Record<string, Kept>>>()(
  persist(() => ({}), { name: 'choices', storage: inSession() }),
);

export const sameHeads = (one: Heads, other: Heads): boolean =>
  one.live.hash === other.live.hash && one.play.hash === other.play.hash;

/**
 * The user's choices in a comparison, kept while elsewhere. Choices that no longer apply after a side changed are dropped; until that is
 * known, only decisions about unchanged records count.
 */
export function useChoices(sandbox: string, comparison: Comparison | undefined) {
  const kept = useKept((all) => all[sandbox]);
  useEffect(() => {
    if (!comparison || !kept || sameHeads(kept.heads, comparison)) return () => {};
    const reading = new AbortController();
    const { live, play } = comparison;
    readAll(sandbox, { classes: [...promotable], text: '' }, reading.signal)
      .then((rows) => {
        useKept.setState(({ [sandbox]: now }) =>
          now ? { [sandbox]: { choices: settled(now.choices, rows), heads: { live, play } } } : {},
        );
      })
      .catch((error: unknown) => {
        if (!isCancelled(error)) report(error);
      });
    return () => reading.abort();
  }, [sandbox, comparison, kept]);
  const change = (next: Step): void => {
    if (!comparison) return;
    const { live, play } = comparison;
    useKept.setState(({ [sandbox]: now }) => ({
      [sandbox]: { choices: next(now?.choices ?? noChoices), heads: now?.heads ?? { live, play } },
    }));
  };
  const choices = useMemo(() => {
    if (!kept) return noChoices;
    if (!comparison || sameHeads(kept.heads, comparison)) return kept.choices;
    return certain(kept.choices, comparison.rows);
  }, [kept, comparison]);
  return { choices, change };
}
