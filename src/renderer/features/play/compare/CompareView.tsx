import { SegmentedControl } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompareView as Address } from '#shared/address/view.ts';
import type { Comparison, Difference } from '#shared/contract/compare.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { go, useView } from '../../../stores/address.ts';
import { inPast, inPlay, openTarget } from '../../../stores/target.ts';
import { useLeft } from '../leaving.ts';
import { useStatus } from '../../../stores/shown.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { carrying, decidedAnew, include } from './choices.ts';
import type { Choices, Ref } from './choices.ts';
import { ClassChips } from './ClassChips.tsx';
import type { Shown } from './ClassChips.tsx';
import { clicksOf, follow } from './clicks.ts';
import type { Step } from './clicks.ts';
import { CompareActions } from './CompareActions.tsx';
import { ComparedList, WhenCompared } from './ComparedList.tsx';
import { CompareSearch } from './CompareSearch.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { NotCompared } from './NotCompared.tsx';
import { DifferenceNetwork } from './network/DifferenceNetwork.tsx';
import { readCarried, useChoices } from './kept-choices.ts';
import { pick } from './needed.ts';
import { opensIn } from './opens.ts';
import { mayBeKept, spare } from './spared.ts';
import { readAll, useComparison } from './useComparison.ts';
import type { Asked } from './useComparison.ts';
import { useBaseMoved, useNoneOfLive } from './useNoneOfLive.ts';
import { useWatch } from './useWatch.ts';

/** Which records are read for what is shown. */
const classesOf = {
  carried: [...carrying],
  conflict: ['conflict' as const],
  live: ['live' as const],
} satisfies Record<Shown, Comparison['rows'][number]['class'][]>;

/** What the comparison goes by, as a sentence; the usual base says nothing. */
function Footing({ based }: { based: Comparison['based'] }) {
  const { t } = useTranslation('compare');
  return based === 'base' ? null : <p className="compare-footing">{t(`based.${based}`)}</p>;
}

/** What is different between live and a sandbox since it was taken, and the way to carry it over. Two files are compared as they are now. */
export default function CompareView() {
  const { t } = useTranslation('compare');
  const view = useView() as Address;
  const left = useLeft(view.sandbox);
  if (left) return <ViewHeader title={t('titleAny')} />;
  if (!inPast()) return <Compared key={view.sandbox} view={view} />;
  return (
    <>
      <ViewHeader title={t('titleAny')} />
      <EmptyState icon={IconArrowsDiff} text={t('inPast')}>
        <CommandButton primary id="past.back" />
      </EmptyState>
    </>
  );
}

/** Shows the same differences in another way; the address remembers which. */
function showAs({ sandbox }: Address, as: string): void {
  go({ kind: 'compare', sandbox, ...(as === 'network' ? { as } : {}) }, { replace: true });
}

/** Between the list and the network of the same differences. */
function WaySwitch({ view }: { view: Address }) {
  const { t } = useTranslation('compare');
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

interface DifferencesProps {
  view: Address;
  asked: Asked;
  pages: ReturnType<typeof useComparison>;
  choosing: boolean;
  deciding: boolean;
  choices: Choices;
  /** Takes what becomes of the choices that are made by then. */
  onChoices: (next: Step) => void;
}

/** What differs, as a list or a network. */
function Differences({ view, asked, pages, choosing, deciding, choices, onChoices }: DifferencesProps) {
  const { t } = useTranslation('compare');
  const id = view.sandbox;
  const { rows, first: comparison } = pages;
  const opens = opensIn(id, comparison?.sandbox.name ?? '');
  const clicked = (atOnce: Step, read: () => Promise<Step>): void =>
    void follow(clicksOf(id), onChoices, atOnce, read);
  /** All that are found, also those that are not read yet. */
  const onPickAll = (wanted: boolean): void =>
    clicked(
      (now) => include(now, rows, wanted),
      async () => {
        const all = await readAll(id, asked);
        return (now) => include(now, all, wanted);
      },
    );
  /** What it needs, or what needs it, may be what is not shown. */
  const onPick = (one: Ref, wanted: boolean): void =>
    clicked(
      (now) => include(now, [one], wanted),
      async () => {
        const all = await readCarried(id);
        return (now) => pick(now, all, one, wanted);
      },
    );
  /** What goes with what live keeps may be what is not shown. */
  const onChange = (next: Choices, row: Difference): void => {
    const anew = (now: Choices): Choices => decidedAnew(now, choices, next);
    if (!choosing || !mayBeKept(row)) onChoices(anew);
    else
      clicked(anew, async () => {
        const all = await readCarried(id);
        return (now) => spare(anew(now), all, row);
      });
  };
  return view.as === 'network' ? (
    <DifferenceNetwork
      {...{ id, asked, rows, choices, choosing, deciding, opens }}
      onChange={onChange}
      onPick={onPick}
      onCancel={() => showAs(view, 'list')}
    />
  ) : (
    <ComparedList
      label={t('list')}
      takesFocus={!choosing}
      left={(comparison?.matched ?? 0) - rows.length}
      pages={pages}
    >
      <DifferenceTable
        {...{ rows, choices, choosing, deciding, opens }}
        onChange={onChange}
        onPick={onPick}
        onPickAll={onPickAll}
      />
    </ComparedList>
  );
}

function Compared({ view }: { view: Address }) {
  const { t } = useTranslation('compare');
  const [shown, setShown] = useState<Shown>('carried');
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 150);
  const asked = { classes: classesOf[shown], text };
  const pages = useComparison(view.sandbox, asked);
  const { first: comparison, rows, error, isPending, progress, refetch } = pages;
  useWatch(view.sandbox, pages);
  const { choices, change } = useChoices(view.sandbox, comparison);
  useBaseMoved(comparison);
  const noneOfLive = useNoneOfLive(comparison);
  const name = comparison?.sandbox.name ?? '';
  // Promoting is live's; where nothing can be ticked the list itself takes the focus, so that keys scroll it.
  const choosing = !inPlay() && shown !== 'live';
  // What live changed is brought into the sandbox that is open, whole; what is in conflict is decided there too.
  const deciding = choosing || openTarget() === view.sandbox;
  useStatus(comparison && !error ? t('shown', { count: comparison.matched }) : '');
  if (error) return <NotCompared {...{ view, error }} onRetry={() => void refetch()} />;
  return (
    <>
      <ViewHeader
        title={name === '' ? t('titleAny') : t('title', { name })}
        actions={comparison && <CompareActions comparison={comparison} choices={choices} />}
      />
      <div className="compare-narrow">
        <WaySwitch view={view} />
        {comparison && <ClassChips counts={comparison.counts} shown={shown} onShown={setShown} />}
        <CompareSearch value={typed} onChange={setTyped} />
      </div>
      {comparison && <Footing based={comparison.based} />}
      <WhenCompared
        {...{ isPending, progress, rows }}
        comparing={t('comparing')}
        none={text !== '' ? t('nothing', { text }) : shown === 'live' ? noneOfLive : t(`none.${shown}`)}
      >
        <Differences {...{ view, asked, pages, choosing, deciding, choices }} onChoices={change} />
      </WhenCompared>
    </>
  );
}
