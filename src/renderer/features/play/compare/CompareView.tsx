import { SegmentedControl } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useState, useEffect, useRef, useMemo } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { CompareView as Address } from '#shared/address/view.ts';
import type { Comparison, Watched, Heads } from '#shared/contract/compare.ts';
import { atReset } from '../../../api/window-state.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useView } from '../../../stores/address.ts';
import { keys } from '../../../stores/queries.ts';
import { useStatus } from '../../../stores/shown.ts';
import { inPlay, openTarget, whyNotNow } from '../../../stores/target.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { useLeft } from '../leaving.ts';
import { promotable, certain, noChoices, settled } from './choices.ts';
import type { Choices, Step } from './choices.ts';
import { CompareActions } from './CompareActions.tsx';
import { WhenCompared } from './ComparedList.tsx';
import { CompareSearch } from './CompareSearch.tsx';
import { Differences, showAs } from './Differences.tsx';
import { NotCompared } from './NotCompared.tsx';
import { differing, shownOf } from './summary.ts';
import { readAll, useComparison } from './useComparison.ts';
import { useNarrowing } from './useNarrowing.ts';
import { useBaseMoved, useNoneOfLive } from './useNoneOfLive.ts';
import { useMuch, useSearch } from './useSearch.ts';
import { api } from '../../../api/client.ts';
import { sandboxesChanged } from '../useSandboxes.ts';
import { isCancelled } from '../../../api/failures.ts';
import { inSession } from '../../../stores/session.ts';
import { report } from '../../../ui/notices.tsx';

interface Kept {
  choices: Choices;
  heads: Heads;
}

/** By sandbox id, as long as the window is open. */
export const useKept = create<Readonly<Record<string, Kept>>>()(
  persist(() => ({}), { name: 'choices', storage: inSession() }),
);
atReset(() => useKept.setState({}, true));

const sameHeads = (one: Heads, other: Heads): boolean =>
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
function useWatch(id: string, { first: shown, error, isFetching }: Read): void {
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

/** Filter of a comparison: all changes of Play, those to decide, or those only of live. */
type Shown = 'carried' | 'conflict' | 'live';

interface Props {
  counts: Comparison['counts'];
  shown: Shown;
  onShown: (shown: Shown) => void;
}

/** The number of differing records by who changed them; each is a filter. */
function ClassChips({ counts, shown, onShown }: Props) {
  const { t } = useTexts('compare');
  const of = {
    carried: (counts.play ?? 0) + (counts.both ?? 0) + (counts.conflict ?? 0),
    conflict: counts.conflict ?? 0,
    live: counts.live ?? 0,
  };
  return (
    <fieldset className="flex wrap gap-8 compare-chips" aria-label={t('narrow')}>
      {(['carried', 'conflict', 'live'] as const).map((one) => (
        <button
          key={one}
          type="button"
          className={`dim px-12 pointer compare-chip compare-chip-${one}`}
          aria-pressed={shown === one}
          onClick={() => onShown(one)}
        >
          {t(`chip.${one}`, { count: of[one] })}
        </button>
      ))}
    </fieldset>
  );
}

const classesOf = {
  carried: [...promotable],
  conflict: ['conflict' as const],
  live: ['live' as const],
} satisfies Record<Shown, Comparison['rows'][number]['class'][]>;

/** The base of the comparison in a sentence; nothing for the usual one. */
function BaseLine({ based }: { based: Comparison['based'] }) {
  const { t } = useTexts('compare');
  return based === 'base' ? null : (
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
  const { shown = 'carried' } = view;
  const { typed, text, scroller, narrow } = useNarrowing(view);
  const [much, setMuch] = useState(false);
  const byName = much || view.as === 'network';
  const asked = { classes: classesOf[shown], text: byName ? text : '' };
  const pages = useComparison(view.sandbox, asked);
  const { first: comparison } = pages;
  useMuch(comparison?.counts, setMuch);
  const searched = useSearch({
    text: byName ? '' : text,
    key: keys.compared(view.sandbox, asked),
    at: comparison && [comparison.live.hash, comparison.play.hash],
    read: (tell, signal) => readAll(view.sandbox, asked, signal, tell),
  });
  const listed = searched ?? { ...pages, matched: comparison?.matched ?? 0 };
  const { rows, isPending } = listed;
  const { progress } = comparison ? listed : pages;
  const failed = pages.error ? pages : listed;
  const { error } = failed;
  useWatch(view.sandbox, pages);
  const { choices, change } = useChoices(view.sandbox, comparison);
  useBaseMoved(comparison);
  const noneOfLive = useNoneOfLive(comparison);
  const name = comparison?.sandbox.name ?? '';
  const nothing = byName ? 'nothing' : 'nothingSaid';
  // Promoting needs live; without ticks the list takes the focus, so that keys scroll it.
  const choosing = !inPlay() && shown !== 'live';
  // Live's changes are taken into the open sandbox as a whole; conflicts are decided there too.
  const deciding = choosing || openTarget() === view.sandbox;
  useStatus(comparison && !error && !isPending ? shownOf(listed.matched, differing(comparison)) : '');
  const onShown = (next: Shown): void => narrow({ shown: next === 'carried' ? undefined : next });
  if (error) return <NotCompared {...{ view, error }} onRetry={() => void failed.refetch()} />;
  return (
    <>
      <ViewHeader
        title={name === '' ? t('titleAny') : t('title', { name })}
        actions={comparison && <CompareActions {...{ view, comparison, choices }} />}
      />
      <div className="row wrap rigid gap-8 line-below px-12 py-8 compare-narrow">
        <WaySwitch view={view} />
        {comparison && <ClassChips counts={comparison.counts} {...{ shown }} onShown={onShown} />}
        <CompareSearch {...{ byName }} value={typed} onChange={(search) => narrow({ search })} />
      </div>
      {comparison && <BaseLine based={comparison.based} />}
      <WhenCompared
        {...{ isPending, progress, rows }}
        comparing={t('comparing')}
        none={text !== '' ? t(nothing, { text }) : shown === 'live' ? noneOfLive : t(`none.${shown}`)}
      >
        <Differences
          {...{ view, asked, comparison, listed, scroller, choosing, deciding, choices }}
          onChoices={change}
        />
      </WhenCompared>
    </>
  );
}
