import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconArrowsDiff, IconSearch } from '@tabler/icons-react';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompareView as Address } from '#shared/address/view.ts';
import type { Comparison } from '#shared/contract/compare.ts';
import { go, useView } from '../../../stores/address.ts';
import { inPlay } from '../../../stores/target.ts';
import { useStatus } from '../../../stores/shown.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { report } from '../../../ui/notices.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { alongWith, carrying, include, noChoices } from './choices.ts';
import { ClassChips } from './ClassChips.tsx';
import type { Shown } from './ClassChips.tsx';
import { CompareActions } from './CompareActions.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { DifferenceNetwork } from './network/DifferenceNetwork.tsx';
import { readAll, useComparison } from './useComparison.ts';
import './compare.css';

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

/** What is different between live and a sandbox since it was taken, and the way to carry it over. */
export default function CompareView() {
  const view = useView() as Address;
  return <Compared key={view.sandbox} view={view} />;
}

/** Between the list and the network of the same differences; the address remembers which. */
function WaySwitch({ view: { sandbox, as } }: { view: Address }) {
  const { t } = useTranslation('compare');
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('as.label')}
      value={as ?? 'list'}
      onChange={(next) =>
        go({ kind: 'compare', sandbox, ...(next === 'network' ? { as: next } : {}) }, { replace: true })
      }
      data={[
        { value: 'list', label: t('as.list') },
        { value: 'network', label: t('as.network') },
      ]}
    />
  );
}

function Compared({ view }: { view: Address }) {
  const id = view.sandbox;
  const { t } = useTranslation('compare');
  const [shown, setShown] = useState<Shown>('carried');
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 150);
  const [choices, setChoices] = useState(noChoices);
  const asked = { classes: classesOf[shown], text };
  const {
    comparison,
    rows,
    error,
    isPending,
    progress,
    refetch,
    hasNextPage,
    fetchNextPage,
    isFetchingNextPage,
  } = useComparison(id, asked);
  const name = comparison?.sandbox.name ?? '';
  // Promoting is live's; where nothing can be ticked the list itself takes the focus, so that keys scroll it.
  const choosing = !inPlay() && shown !== 'live';
  /** All that are found, also those that are not read yet. */
  const pickAll = async (wanted: boolean): Promise<void> => {
    try {
      const all = await readAll(id, asked);
      setChoices((now) => include(now, all, wanted));
    } catch (reason) {
      report(reason);
    }
  };
  useStatus(comparison ? t('shown', { count: comparison.matched }) : '');
  if (error) {
    return (
      <>
        <ViewHeader title={t('title', { name })} />
        <ErrorState error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  return (
    <>
      <ViewHeader
        title={name === '' ? t('titleAny') : t('title', { name })}
        actions={comparison && <CompareActions comparison={comparison} choices={choices} />}
      />
      <div className="compare-narrow">
        <WaySwitch view={view} />
        {comparison && <ClassChips counts={comparison.counts} shown={shown} onShown={setShown} />}
        <TextInput
          className="compare-search"
          size="xs"
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          leftSection={<IconSearch size={14} stroke={1.6} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      {comparison && <Footing based={comparison.based} />}
      {isPending ? (
        <div className="compare-coming">
          <ProgressLine progress={progress} label={t('comparing')} />
        </div>
      ) : rows.length === 0 ? (
        <EmptyState icon={IconArrowsDiff} text={text === '' ? t(`none.${shown}`) : t('nothing', { text })} />
      ) : view.as === 'network' ? (
        <DifferenceNetwork
          id={id}
          asked={asked}
          rows={rows}
          choices={choices}
          onChange={setChoices}
          onPick={(one, wanted) => setChoices(include(choices, [one, ...alongWith(rows, one)], wanted))}
          choosing={choosing}
        />
      ) : (
        <section className="compare-scroll" aria-label={t('list')} {...(choosing ? {} : { tabIndex: 0 })}>
          <DifferenceTable
            rows={rows}
            choices={choices}
            onChange={setChoices}
            onPickAll={(wanted) => void pickAll(wanted)}
            choosing={choosing}
          />
          {hasNextPage && (
            <Button
              className="compare-more"
              variant="default"
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              {t('more', { count: (comparison?.matched ?? 0) - rows.length })}
            </Button>
          )}
        </section>
      )}
    </>
  );
}
