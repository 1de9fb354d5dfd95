import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { DuplicatePairs } from '#shared/contract/merge.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { useReadOnlyReason } from '../../../stores/profile.ts';
import { queryFor } from '../../../stores/queries.ts';
import { failureText } from '../../../text/refusal.ts';
import { displayTitle, typeNames } from '../../../text/names.ts';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { reportError } from '../../../ui/notices.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import { countsText } from './MatchingRecords.tsx';
import { askToMerge } from './MergeForm.tsx';

type Pair = DuplicatePairs['pairs'][number];

const maxPairs = 50;

export function showDuplicates(type: EntityType): void {
  const title = say('merge:duplicates.title', { types: typeNames(type) });
  openDialog({ title, size: 620 }, (close) => <DuplicateList type={type} onMerge={close} />);
}

function DuplicateList({ type, onMerge }: { type: EntityType; onMerge: () => void }) {
  const { t } = useTexts('merge');
  const readOnlyReason = useReadOnlyReason();
  const universities = useUniversityNames();
  const { data, error } = useQuery(queryFor('entities.duplicates', { type, limit: maxPairs }));
  const mergePair = async ({ type: pairType, one, other }: Pair): Promise<void> => {
    const records = await Promise.all([one, other].map(({ id }) => api.entities.get({ type: pairType, id })));
    onMerge();
    // Returns to the list for the next pair.
    askToMerge(records, () => showDuplicates(type));
  };
  if (error) return <p role="alert">{failureText(error)}</p>;
  if (!data) return <ProgressLine progress={null} label={t('duplicates.looking')} />;
  if (data.count === 0) return <p>{t('duplicates.none')}</p>;
  return (
    <>
      <p>{t('duplicates.what', { count: data.count })}</p>
      <ul className="gap-2 small plan-names duplicate-pairs">
        {data.pairs.map((pair) => (
          <li key={`${pair.one.id}\n${pair.other.id}`}>
            <span className="grow stack">
              {[pair.one, pair.other].map(({ id, title, dependants: { links, records } }) => (
                <span key={id} className="cut">
                  {displayTitle(title, pair.type)}{' '}
                  <span className="dim">{t('duplicates.dependants', { links, records })}</span>
                </span>
              ))}
              {pair.contents && <span>{countsText(pair.contents)}</span>}
              {pair.contents && pair.contents.ambiguous > 0 && (
                <span className="dim">{t('contents.ambiguous', { count: pair.contents.ambiguous })}</span>
              )}
            </span>
            <span className="dim">{universities.get(pair.one.university ?? '') ?? ''}</span>
            <Button
              size="xs"
              disabled={readOnlyReason !== null}
              title={readOnlyReason ?? ''}
              onClick={() => void mergePair(pair).catch(reportError)}
            >
              {t(pair.contents ? 'allCommand' : 'command')}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
