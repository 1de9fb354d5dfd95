import { SegmentedControl, Button } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useState, useEffect, useRef, useMemo, lazy, Suspense } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { CompareView as Address, CompareView } from '#shared/address/view.ts';
import type { DifferenceClass, Heads, WatchedState } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { sinceBase } from '#shared/domain/points-in-time.ts';
import { atReset } from '../../../api/window-state.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useView, openView, navigate } from '../../../stores/address.ts';
import { inSandbox, pageTarget, whyNotNow, isLive } from '../../../stores/target.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { useIsDiscarding } from '../actions.ts';
import { promotableClasses, certainChoices, noChoices, validChoices, includeRecords } from './choices.ts';
import type { Choices, ChoicesUpdate, Picking } from './choices.ts';
import { CompareActions } from './CompareActions.tsx';
import { CompareChips, CompareSearch } from './CompareChips.tsx';
import { WhenCompared, ComparedList } from './ComparedList.tsx';
import { useCompared } from './useCompared.ts';
import type { Compared } from './useCompared.ts';
import { readAll } from './useComparison.ts';
import { useReloadSandboxesOnNewBase, useNoChangesText, refreshSandboxes } from '../useSandboxes.ts';
import { api } from '../../../api/client.ts';
import { isCancelled } from '../../../api/failures.ts';
import { sessionPersistence } from '../../../stores/session.ts';
import { reportError } from '../../../ui/notices.tsx';
import { faultData } from '../../../text/faults.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { openingsIn } from './openings.ts';

interface StoredChoices {
  choices: Choices;
  heads: Heads;
}

/** The choices by sandbox id, for as long as the window is open. */
export const useStoredChoices = create<Readonly<Record<string, StoredChoices>>>()(
  persist(() => ({}), { name: 'choices', storage: sessionPersistence() }),
);
atReset(() => useStoredChoices.setState({}, true));

const headsOf = ({ from, to }: Comparison): Heads => ({ live: from.head, play: to.head });

const hasSameHeads = (one: Heads, other: Heads): boolean =>
  one.live.hash === other.live.hash && one.play.hash === other.play.hash;

/**
 * The user's choices in a comparison, kept while other views are open. Choices that no longer apply after a side changed are dropped; until
 * the changed rows are read, only decisions about unchanged records count.
 */
export function useChoices(sandbox: string, comparison: Comparison | undefined) {
  const storedChoices = useStoredChoices((all) => all[sandbox]);
  useEffect(() => {
    if (!comparison || !storedChoices || hasSameHeads(storedChoices.heads, headsOf(comparison)))
      return () => {};
    const controller = new AbortController();
    const heads = headsOf(comparison);
    readAll({ ...sinceBase(sandbox), classes: [...promotableClasses], text: '' }, controller)
      .then((rows) => {
        useStoredChoices.setState(({ [sandbox]: current }) =>
          current ? { [sandbox]: { choices: validChoices(current.choices, rows), heads } } : {},
        );
      })
      .catch((error: unknown) => {
        if (!isCancelled(error)) reportError(error);
      });
    return () => controller.abort();
  }, [sandbox, comparison, storedChoices]);
  const changeChoices = (update: ChoicesUpdate): void => {
    if (!comparison) return;
    const heads = headsOf(comparison);
    useStoredChoices.setState(({ [sandbox]: current }) => ({
      [sandbox]: { choices: update(current?.choices ?? noChoices), heads: current?.heads ?? heads },
    }));
  };
  const choices = useMemo(() => {
    if (!storedChoices) return noChoices;
    if (!comparison || hasSameHeads(storedChoices.heads, headsOf(comparison))) return storedChoices.choices;
    return certainChoices(storedChoices.choices, comparison.rows);
  }, [storedChoices, comparison]);
  return { choices, change: changeChoices };
}

/** Milliseconds before subscribing again. */
const retryMs = 1000;

/** Subscribes to both sides until the signal aborts; `onSides` gets null if they are unknown. */
async function watchSides(
  id: string,
  signal: AbortSignal,
  onSides: (sides: WatchedState | null) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const sides of await api.sandboxes.watch({ id }, { signal }))
        if (!signal.aborted) onSides(sides);
    } catch {
      // The comparison is then reloaded and shows the reason.
      if (!signal.aborted) onSides(null);
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}

/** Reloads the comparison when live or the sandbox is changed or renamed by any process. */
function useReloadOnChange(id: string, { first: comparison, error, isFetching }: Compared['pages']): void {
  const client = useQueryClient();
  const [report, setReport] = useState<WatchedState | null | undefined>();
  const handledReport = useRef<typeof report>(undefined);
  const isLoaded = comparison !== undefined;
  useEffect(() => {
    if (!isLoaded) return () => {};
    const controller = new AbortController();
    void watchSides(id, controller.signal, setReport);
    return () => controller.abort();
  }, [id, isLoaded]);
  useEffect(() => {
    // Handles each report once, and after a running load, which can be of the previous state.
    if (isFetching || !comparison || report === undefined || handledReport.current === report) return;
    handledReport.current = report;
    const isRenamed = report !== null && report.name !== comparison.to.name;
    if (isRenamed) void refreshSandboxes();
    if (report && error === null && hasSameHeads(report, headsOf(comparison)) && !isRenamed) return;
    void client.invalidateQueries({ queryKey: ['compared', sinceBase(id).to] });
  }, [client, id, report, comparison, error, isFetching]);
}

/** Filter of a comparison: changes of the sandbox, conflicts only, or changes that only live has. */
type ChangeFilter = 'carried' | 'conflict' | 'live';

/** The number of differing records by filter. */
const countsOf = (counts: Comparison['counts']): Record<ChangeFilter, number> => ({
  carried: (counts.play ?? 0) + (counts.both ?? 0) + (counts.conflict ?? 0),
  conflict: counts.conflict ?? 0,
  live: counts.live ?? 0,
});

const classesByFilter = {
  carried: [...promotableClasses],
  conflict: ['conflict' as const],
  live: ['live' as const],
} satisfies Record<ChangeFilter, DifferenceClass[]>;

/** The base of the comparison in a sentence; nothing for the merge base, which is the default. */
function BaseLine({ based }: { based: Comparison['based'] }) {
  const { t } = useTexts('compare');
  return based === null || based === 'base' ? null : (
    <p className="small line-below px-12 py-8 on-info">{t(`based.${based}`)}</p>
  );
}

/** The differences between live and a sandbox since their merge base, with promoting and refreshing; not in the past. */
export default function CompareView() {
  const { t } = useTexts('compare');
  const view = useView() as Address;
  const isDiscarding = useIsDiscarding(view.sandbox);
  if (isDiscarding) return <ViewHeader title={t('titleAny')} />;
  const pastReason = whyNotNow();
  if (pastReason === null) return <SandboxComparison key={view.sandbox} view={view} />;
  return (
    <>
      <ViewHeader title={t('titleAny')} />
      <EmptyState icon={IconArrowsDiff} text={pastReason}>
        <CommandButton primary id="past.back" />
      </EmptyState>
    </>
  );
}

function ViewSwitch({ view }: { view: Address }) {
  const { t } = useTexts('compare');
  return (
    <SegmentedControl
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

function SandboxComparison({ view }: { view: Address }) {
  const { t } = useTexts('compare');
  const { shown = 'carried', sandbox } = view;
  const request = { ...sinceBase(sandbox), classes: classesByFilter[shown] };
  const compared = useCompared(view, request, view.as === 'network');
  const { comparison, pages, error, narrow, isNameSearch } = compared;
  useReloadOnChange(sandbox, pages);
  const { choices, change: changeChoices } = useChoices(sandbox, comparison);
  useReloadSandboxesOnNewBase(comparison);
  const noChangesText = useNoChangesText(comparison);
  const name = comparison?.to.name ?? '';
  // Records are selected only to be promoted into live. Without checkboxes the list takes the focus, so that keys scroll it.
  const canSelect = !inSandbox() && shown !== 'live';
  // A refresh takes all changes of live into the open sandbox; conflicts can be decided there too.
  const canDecide = canSelect || pageTarget() === sandbox;
  if (error) return <CompareError {...{ view, error }} onRetry={compared.refetch} />;
  const counts = comparison && countsOf(comparison.counts);
  return (
    <>
      <ViewHeader
        title={name === '' ? t('titleAny') : t('title', { name })}
        actions={comparison && <CompareActions {...{ view, comparison, choices }} />}
      />
      <div className="row wrap rigid gap-8 line-below px-12 py-8 compare-narrow">
        <ViewSwitch view={view} />
        {counts && (
          <CompareChips
            label={t('narrow')}
            chips={(['carried', 'conflict', 'live'] as const).map((filter) => ({
              shown: filter,
              text: t(`chip.${filter}`, { count: counts[filter] }),
              className: `compare-chip-${filter}`,
            }))}
            shown={shown}
            onShown={(next) => narrow({ shown: next === 'carried' ? undefined : next })}
          />
        )}
        <CompareSearch
          {...{ isNameSearch }}
          value={compared.typed}
          onChange={(search) => narrow({ search })}
        />
      </div>
      {comparison && <BaseLine based={comparison.based} />}
      <WhenCompared {...{ compared }} emptyText={shown === 'live' ? noChangesText : t(`none.${shown}`)}>
        <Differences
          {...{ view, compared }}
          picking={{ choices, onChange: changeChoices, canSelect, canDecide }}
        />
      </WhenCompared>
    </>
  );
}

interface ErrorProps {
  view: CompareView;
  error: unknown;
  onRetry: () => void;
}

function CompareError({ view, error, onRetry }: ErrorProps) {
  const { t } = useTexts('compare');
  const isLiveUnreadable = pageTarget() === view.sandbox && faultData(error, 'WORKSPACE') !== null;
  return (
    <>
      <ViewHeader title={t('titleAny')} />
      {isLiveUnreadable ? (
        <EmptyState icon={IconArrowsDiff} text={t('noLive')}>
          <CommandButton primary id="play.leave" />
        </EmptyState>
      ) : (
        <ErrorState error={error} onRetry={onRetry}>
          {faultData(error, 'NOT_FOUND')?.type === 'sandbox' && isLive() && (
            <Button onClick={() => openView({ kind: 'play' })}>{t('care:deed.play')}</Button>
          )}
        </ErrorState>
      )}
    </>
  );
}

/** Loaded on demand, because the list does not need the code that draws the network. */
const DifferenceNetwork = lazy(() => import('./network/DifferenceNetwork.tsx'));

/** Switches between list and network, kept in the address. */
function showAs(view: Address, as: string): void {
  navigate({ ...view, as: as === 'network' ? as : undefined }, { replace: true });
}

interface DifferencesProps {
  view: Address;
  compared: Compared;
  picking: Picking;
}

/** The changes of live and a sandbox since their base, with selection, as a list or a network. */
function Differences({ view, compared, picking }: DifferencesProps) {
  const { onChange } = picking;
  const { query, comparison, listed } = compared;
  const { rows } = listed;
  const findOpening = openingsIn(view.sandbox, comparison?.to.name ?? '');
  const selectAllAborter = useRef<AbortController>(null);
  /** Selects or deselects all records: the loaded ones at once, so that a later click on one of them is kept; others when loaded. */
  const onPickAll = async (isSelected: boolean): Promise<void> => {
    selectAllAborter.current?.abort();
    selectAllAborter.current = new AbortController();
    const { signal } = selectAllAborter.current;
    onChange((now) => includeRecords(now, rows, isSelected));
    try {
      const isFullyLoaded = rows.length === listed.matched;
      const loadedRows = isFullyLoaded ? rows : null;
      const knownRows = 'all' in listed ? listed.all : loadedRows;
      const allRows = knownRows ?? (await readAll(query, { signal }));
      const loadedKeys = new Set(rows.map(({ type, id }) => `${type} ${id}`));
      const others = allRows.filter(({ type, id }) => !loadedKeys.has(`${type} ${id}`));
      onChange((now) => includeRecords(now, others, isSelected));
    } catch (error) {
      if (!isCancelled(error)) reportError(error);
    }
  };
  if (view.as !== 'network')
    return (
      <ComparedList
        {...{ compared, findOpening, picking }}
        onPickAll={(isSelected) => void onPickAll(isSelected)}
      />
    );
  return (
    <Suspense fallback={null}>
      <DifferenceNetwork
        {...{ query, rows, findOpening, picking }}
        id={view.sandbox}
        onCancel={() => showAs(view, 'list')}
      />
    </Suspense>
  );
}
