import { SegmentedControl } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useState, useEffect, useRef, useMemo } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { CompareView as Address } from '#shared/address/view.ts';
import type { DifferenceClass, Heads, Watched } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { sinceBase } from '#shared/domain/moments.ts';
import { atReset } from '../../../api/window-state.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useView } from '../../../stores/address.ts';
import { inPlay, openTarget, whyNotNow } from '../../../stores/target.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { useLeft } from '../leaving.ts';
import { promotableClasses, certainChoices, noChoices, settledChoices } from './choices.ts';
import type { Choices, Step } from './choices.ts';
import { CompareActions } from './CompareActions.tsx';
import { CompareChips } from './CompareChips.tsx';
import { WhenCompared } from './ComparedList.tsx';
import { CompareSearch } from './CompareSearch.tsx';
import { Differences, showAs } from './Differences.tsx';
import { NotCompared } from './NotCompared.tsx';
import { useCompared } from './useCompared.ts';
import type { Compared as ComparedList } from './useCompared.ts';
import { readAll } from './useComparison.ts';
import { useBaseMoved, useNoneOfLive } from './useNoneOfLive.ts';
import { api } from '../../../api/client.ts';
import { sandboxesChanged } from '../useSandboxes.ts';
import { isCancelled } from '../../../api/failures.ts';
import { inSession } from '../../../stores/session.ts';
import { reportError } from '../../../ui/notices.tsx';

interface Kept {
  choices: Choices;
  heads: Heads;
}

/** By sandbox id, as long as the window is open. */
export const useKept = create<Readonly<Record<string, Kept>>>()(
  persist(() => ({}), { name: 'choices', storage: inSession() }),
);
atReset(() => useKept.setState({}, true));

export const headsOf = ({ from, to }: Comparison): Heads => ({ live: from.head, play: to.head });

const sameHeads = (one: Heads, other: Heads): boolean =>
  one.live.hash === other.live.hash && one.play.hash === other.play.hash;

/**
 * The user's choices in a comparison, kept while elsewhere. Choices that no longer apply after a side changed are dropped; until that is
 * known, only decisions about unchanged records count.
 */
export function useChoices(sandbox: string, comparison: Comparison | undefined) {
  const kept = useKept((all) => all[sandbox]);
  useEffect(() => {
    if (!comparison || !kept || sameHeads(kept.heads, headsOf(comparison))) return () => {};
    const reading = new AbortController();
    const heads = headsOf(comparison);
    readAll({ ...sinceBase(sandbox), classes: [...promotableClasses], text: '' }, reading)
      .then((rows) => {
        useKept.setState(({ [sandbox]: now }) =>
          now ? { [sandbox]: { choices: settledChoices(now.choices, rows), heads } } : {},
        );
      })
      .catch((error: unknown) => {
        if (!isCancelled(error)) reportError(error);
      });
    return () => reading.abort();
  }, [sandbox, comparison, kept]);
  const change = (next: Step): void => {
    if (!comparison) return;
    const heads = headsOf(comparison);
    useKept.setState(({ [sandbox]: now }) => ({
      [sandbox]: { choices: next(now?.choices ?? noChoices), heads: now?.heads ?? heads },
    }));
  };
  const choices = useMemo(() => {
    if (!kept) return noChoices;
    if (!comparison || sameHeads(kept.heads, headsOf(comparison))) return kept.choices;
    return certainChoices(kept.choices, comparison.rows);
  }, [kept, comparison]);
  return { choices, change };
}

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

/** Reloads the comparison when live or the sandbox is changed or renamed by any process. */
function useWatch(id: string, { first: shown, error, isFetching }: ComparedList['pages']): void {
  const client = useQueryClient();
  const [reported, setReported] = useState<Watched | null | undefined>();
  const answered = useRef<typeof reported>(undefined);
  const isThere = shown !== undefined;
  useEffect(() => {
    if (!isThere) return () => {};
    const ending = new AbortController();
    void listen(id, ending.signal, setReported);
    return () => ending.abort();
  }, [id, isThere]);
  useEffect(() => {
    // Once for each report: a running load may be of the previous state.
    if (isFetching || !shown || reported === undefined || answered.current === reported) return;
    answered.current = reported;
    const isRenamed = reported !== null && reported.name !== shown.to.name;
    if (isRenamed) void sandboxesChanged();
    if (reported && error === null && sameHeads(reported, headsOf(shown)) && !isRenamed) return;
    void client.invalidateQueries({ queryKey: ['compared', sinceBase(id).to] });
  }, [client, id, reported, shown, error, isFetching]);
}

/** Filter of a comparison: all changes of Play, those to decide, or those only of live. */
type Shown = 'carried' | 'conflict' | 'live';

/** The number of differing records by who changed them. */
const countsOf = (counts: Comparison['counts']): Record<Shown, number> => ({
  carried: (counts.play ?? 0) + (counts.both ?? 0) + (counts.conflict ?? 0),
  conflict: counts.conflict ?? 0,
  live: counts.live ?? 0,
});

const classesOf = {
  carried: [...promotableClasses],
  conflict: ['conflict' as const],
  live: ['live' as const],
} satisfies Record<Shown, DifferenceClass[]>;

/** The base of the comparison in a sentence; nothing for the usual one. */
function BaseLine({ based }: { based: Comparison['based'] }) {
  const { t } = useTexts('compare');
  return based === null || based === 'base' ? null : (
    <p className="small line-below px-12 py-8 on-info">{t(`based.${based}`)}</p>
  );
}

/** The differences between live and a sandbox since its base, with promoting. Two files are compared as they are now. */
export default function CompareView() {
  const { t } = useTexts('compare');
  const view = useView() as Address;
  const left = useLeft(view.sandbox);
  if (left) return <ViewHeader title={t('titleAny')} />;
  const past = whyNotNow();
  if (past === null) return <Compared key={view.sandbox} view={view} />;
  return (
    <>
      <ViewHeader title={t('titleAny')} />
      <EmptyState icon={IconArrowsDiff} text={past}>
        <CommandButton primary id="past.back" />
      </EmptyState>
    </>
  );
}

function WaySwitch({ view }: { view: Address }) {
  const { t } = useTexts('compare');
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('as.label')}
      value={view.as ?? 'list'}
      onChange={(next) => showAs(view, next)}
      data={[
        { value: 'list', label: t('as.list') },
        { value: 'network', label: t('as.network') },
      ]}
    />
  );
}

function Compared({ view }: { view: Address }) {
  const { t } = useTexts('compare');
  const { shown = 'carried', sandbox } = view;
  const request = { ...sinceBase(sandbox), classes: classesOf[shown] };
  const compared = useCompared(view, request, view.as === 'network');
  const { found: comparison, pages, error, narrow, byName } = compared;
  useWatch(sandbox, pages);
  const { choices, change } = useChoices(sandbox, comparison);
  useBaseMoved(comparison);
  const noneOfLive = useNoneOfLive(comparison);
  const name = comparison?.to.name ?? '';
  // Promoting needs live; without ticks the list takes the focus, so that keys scroll it.
  const choosing = !inPlay() && shown !== 'live';
  // Live's changes are taken into the open sandbox as a whole; conflicts are decided there too.
  const deciding = choosing || openTarget() === sandbox;
  if (error) return <NotCompared {...{ view, error }} onRetry={compared.refetch} />;
  const counts = comparison && countsOf(comparison.counts);
  return (
    <>
      <ViewHeader
        title={name === '' ? t('titleAny') : t('title', { name })}
        actions={comparison && <CompareActions {...{ view, comparison, choices }} />}
      />
      <div className="row wrap rigid gap-8 line-below px-12 py-8 compare-narrow">
        <WaySwitch view={view} />
        {counts && (
          <CompareChips
            label={t('narrow')}
            chips={(['carried', 'conflict', 'live'] as const).map((one) => ({
              shown: one,
              text: t(`chip.${one}`, { count: counts[one] }),
              className: `compare-chip-${one}`,
            }))}
            shown={shown}
            onShown={(next) => narrow({ shown: next === 'carried' ? undefined : next })}
          />
        )}
        <CompareSearch {...{ byName }} value={compared.typed} onChange={(search) => narrow({ search })} />
      </div>
      {comparison && <BaseLine based={comparison.based} />}
      <WhenCompared {...{ compared }} none={shown === 'live' ? noneOfLive : t(`none.${shown}`)}>
        <Differences {...{ view, compared, choosing, deciding, choices }} onChoices={change} />
      </WhenCompared>
    </>
  );
}
