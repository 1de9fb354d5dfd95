import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Difference } from '#shared/contract/compare.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { api } from '../../../../api/client.ts';
import { follow } from '../../../../api/stream.ts';
import { keys } from '../../../../stores/queries.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { ErrorState } from '../../../../ui/ErrorState.tsx';
import { ProgressLine } from '../../../../ui/ProgressLine.tsx';
import type { Choices, Ref } from '../choices.ts';
import type { Opens } from '../opens.ts';
import type { Asked } from '../useComparison.ts';
import { DifferenceCard } from './DifferenceCard.tsx';
import { DifferencePicture } from './DifferencePicture.tsx';
import { MarkLegend } from './MarkLegend.tsx';
import { ownerOf, pictureOf } from './model.ts';
import { useForces } from './useForces.ts';
import './network.css';

interface Props {
  /** Id of the sandbox. */
  id: string;
  asked: Asked;
  /** Differences that the list has read already. */
  rows: readonly Difference[];
  choices: Choices;
  onChange: (choices: Choices, row: Difference) => void;
  onPick: (one: Ref, wanted: boolean) => void;
  choosing: boolean;
  /** Somebody may say what counts where both sides changed the same. */
  deciding: boolean;
  /** The way to each record. */
  opens: Opens;
  /** Gives up drawing it. */
  onCancel: () => void;
}

/** What is different about one record, as the list has it, or read by its id. */
function useDifference(
  id: string,
  rows: readonly Difference[],
  chosen: string | null,
): Difference | undefined {
  const known = rows.find((row) => row.id === chosen);
  const asked = { text: chosen ?? '', limit: 20 };
  const { data } = useQuery({
    queryKey: keys.compared(id, { one: chosen }),
    queryFn: ({ signal }) => follow(api.sandboxes.compare({ id, ...asked }, { signal }), () => {}, signal),
    enabled: chosen !== null && !known,
  });
  return known ?? data?.rows.find((row) => row.id === chosen);
}

/** How far comparing is, and the way to give it up. */
function Coming({ progress, onCancel }: { progress: Progress | null; onCancel: () => void }) {
  const { t } = useTranslation(['compare', 'common']);
  return (
    <div className="diff-coming">
      <ProgressLine progress={progress} label={t('compare:network.coming')} />
      <Button size="xs" variant="default" onClick={onCancel}>
        {t('common:cancel')}
      </Button>
    </div>
  );
}

/** What differs as a network, with what its marks mean, and beside it what is chosen in it. */
export function DifferenceNetwork(props: Props) {
  const { id, asked, rows, choices, onChange, onPick, choosing, deciding, opens, onCancel } = props;
  const { t } = useTranslation('compare');
  const [progress, setProgress] = useState<Progress | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: keys.compared(id, { ...asked, as: 'network' }),
    queryFn: ({ signal }) =>
      follow(api.sandboxes.compareNetwork({ id, ...asked }, { signal }), setProgress, signal),
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  });
  const picture = useMemo(() => data && pictureOf(data), [data]);
  const points = useForces(picture ?? null);
  const isHere =
    picture && [...picture.nodes, ...picture.links].some((one) => one.found && one.id === wanted);
  const chosen = isHere ? wanted : null;
  const row = useDifference(id, rows, picture && chosen !== null ? ownerOf(picture, chosen) : null);
  const titles = new Map([...(picture?.nodes ?? []), ...rows].map((one) => [one.id, one.title]));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (data && picture?.nodes.length === 0)
    return <EmptyState icon={IconArrowsDiff} text={t('network.none', { count: data.left.other })} />;
  return (
    <div className="diff-body">
      <div className="diff-main">
        {picture && points ? (
          <DifferencePicture picture={picture} points={points} chosen={chosen} onChoose={setWanted} />
        ) : (
          <Coming progress={data ? null : progress} onCancel={onCancel} />
        )}
        {data && (data.left.limit > 0 || data.left.other > 0 || data.matched > data.nodes.id.length) && (
          <p className="diff-left">
            {data.matched > data.nodes.id.length &&
              t('network.cut', { count: data.nodes.id.length, all: data.matched })}{' '}
            {data.left.limit > 0 && t('network.left', { count: data.left.limit })}{' '}
            {data.left.other > 0 && t('network.other', { count: data.left.other })}
          </p>
        )}
        {picture && <MarkLegend picture={picture} />}
      </div>
      {row && (
        <DifferenceCard
          row={row}
          choices={choices}
          onChange={onChange}
          onPick={onPick}
          titles={titles}
          choosing={choosing}
          deciding={deciding}
          opens={opens}
          onClose={() => setWanted(null)}
        />
      )}
    </div>
  );
}
