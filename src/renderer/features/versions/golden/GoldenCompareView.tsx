import { Button } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { GoldenCompareView as Address } from '#shared/address/view.ts';
import type { GoldenDifference, GoldenDifferences } from '#shared/contract/golden.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { useView } from '../../../stores/address.ts';
import { keys } from '../../../stores/queries.ts';
import { useStatus } from '../../../stores/shown.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { ComparedList, WhenCompared } from '../../play/compare/ComparedList.tsx';
import { PAGE, usePages } from '../../play/compare/usePages.ts';
import { DifferenceTable } from './DifferenceTable.tsx';
import { useMet } from './check.ts';
import { useWhyNotGolden } from './may.ts';
import { resetToGolden } from './reset.tsx';
import './golden.css';

const allOf = ({ counts }: GoldenDifferences): number => sumOf(counts);

/** What differs, a page after the other; read anew with every change of the records. */
function useDifferences(version: number) {
  return usePages<GoldenDifference, GoldenDifferences>({
    key: keys.goldenDiff(version, 'page'),
    read: (offset, tell, signal) =>
      follow(api.golden.diff({ version, offset, limit: PAGE }, { signal }), tell, signal),
    totalOf: allOf,
  });
}

/** What is different in live, beside a golden version: what resetting to it would take back. */
export default function GoldenCompareView() {
  const { version } = useView() as Address;
  return <Compared key={version} version={version} />;
}

function Reset({ version }: { version: number }) {
  const { t } = useTranslation('golden');
  const why = useWhyNotGolden();
  return (
    <Button
      variant="default"
      disabled={why !== null}
      title={why ?? undefined}
      onClick={() => resetToGolden(version)}
    >
      {t('diff.reset')}
    </Button>
  );
}

function Compared({ version }: { version: number }) {
  const { t } = useTranslation('golden');
  const pages = useDifferences(version);
  const scroller = useRef<HTMLElement>(null);
  const { first: found, rows, error, isPending, progress, refetch } = pages;
  useMet(error);
  const title = t('diff.title', { version });
  const all = found ? allOf(found) : 0;
  useStatus(found && !error ? t('diff.shown', { count: all }) : '');
  if (error)
    return (
      <>
        <ViewHeader title={title} />
        <ErrorState error={error} onRetry={() => void refetch()} />
      </>
    );
  return (
    <>
      <ViewHeader title={title} actions={found && <Reset version={version} />} />
      <WhenCompared
        {...{ isPending, progress, rows }}
        comparing={t('diff.comparing')}
        none={t('diff.none', { version })}
      >
        {found && <p className="compare-footing">{t('diff.sums', found.counts)}</p>}
        <ComparedList
          label={t('diff.list')}
          takesFocus
          scroller={scroller}
          left={all - rows.length}
          pages={pages}
        >
          <DifferenceTable rows={rows} version={version} />
        </ComparedList>
      </WhenCompared>
    </>
  );
}
