import { SegmentedControl } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useState } from 'react';
import type { CompareView as Address } from '#shared/address/view.ts';
import type { Comparison } from '#shared/contract/compare.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { CommandButton } from '../../../commands/CommandButton.tsx';
import { useView } from '../../../stores/address.ts';
import { keys } from '../../../stores/queries.ts';
import { useStatus } from '../../../stores/shown.ts';
import { inPlay, openTarget, whyNotNow } from '../../../stores/target.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { useLeft } from '../leaving.ts';
import { promotable } from './choices.ts';
import { ClassChips } from './ClassChips.tsx';
import type { Shown } from './ClassChips.tsx';
import { CompareActions } from './CompareActions.tsx';
import { WhenCompared } from './ComparedList.tsx';
import { CompareSearch } from './CompareSearch.tsx';
import { Differences, showAs } from './Differences.tsx';
import { useChoices } from './kept-choices.ts';
import { NotCompared } from './NotCompared.tsx';
import { differing, shownOf } from './summary.ts';
import { readAll, useComparison } from './useComparison.ts';
import { useNarrowing } from './useNarrowing.ts';
import { useBaseMoved, useNoneOfLive } from './useNoneOfLive.ts';
import { useMuch, useSearch } from './useSearch.ts';
import { useWatch } from './useWatch.ts';

const classesOf = {
  carried: [...promotable],
  conflict: ['conflict' as const],
  live: ['live' as const],
} satisfies Record<Shown, Comparison['rows'][number]['class'][]>;

/** The base of the comparison in a sentence; nothing for the usual one. */
function Footing({ based }: { based: Comparison['based'] }) {
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
      {comparison && <Footing based={comparison.based} />}
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
