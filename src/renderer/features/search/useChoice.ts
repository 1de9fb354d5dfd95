import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import type { Entry } from './entry.ts';
import type { Results } from './useResults.ts';

interface Wanted {
  /** What was typed when Enter was pressed. */
  typed: string;
  inTab: boolean;
}

export interface Choice {
  /** The entry that Enter takes. */
  active: Entry | undefined;
  /** Enter was pressed and is done as soon as it is known what stands on top. */
  waiting: boolean;
  onKeyDown: (event: KeyboardEvent) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

/**
 * Arrow keys and Enter. Enter counts as soon as it is pressed: while results are on their way it is remembered, and takes what stands
 * on top once they are there. Typing on takes it back.
 */
export function useChoice(
  typed: string,
  { groups, pending }: Results,
  take: (entry: Entry, inTab: boolean) => void,
): Choice {
  const entries = groups.flatMap((group) => group.entries);
  const [chosen, setChosen] = useState<{ typed: string; id: string } | null>(null);
  const [wanted, setWanted] = useState<Wanted | null>(null);
  // A choice by arrow is of what was typed then; what comes later stands on top until the arrows are used again.
  const at = chosen?.typed === typed ? entries.findIndex(({ id }) => id === chosen.id) : 0;
  const active = entries[Math.max(0, at)];

  const live = wanted?.typed === typed ? wanted : null;
  const dealtWith = useRef<Wanted | null>(null);
  useEffect(() => {
    if (!live || pending || dealtWith.current === live) return;
    dealtWith.current = live;
    if (active) take(active, live.inTab);
  }, [live, pending, active, take]);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const step = steps[event.key];
    if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      const to = Math.max(0, at) + step;
      const round = Math.abs(step) === 1 ? (to + entries.length) % entries.length : to;
      const next = entries[Math.max(0, Math.min(entries.length - 1, round))];
      if (next) setChosen({ typed, id: next.id });
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      const inTab = event.ctrlKey || event.metaKey;
      // Also after an arrow: what was chosen by it may be of what was typed before.
      if (pending) setWanted({ typed, inTab });
      else if (active) take(active, inTab);
    }
  }
  return { active, waiting: live !== null && pending, onKeyDown };
}
