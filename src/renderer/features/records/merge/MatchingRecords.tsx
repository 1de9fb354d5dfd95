import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { MergedContents } from '#shared/contract/merge.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { countedByType, displayTitle, joinWithAnd, payloadFieldName, typeName } from '../../../text/names.ts';
import { valueText } from '../../../text/values.ts';

type Pair = MergedContents['pairs'][number];

const pageSize = 100;

/** "2 universities and 6 teams become 1 and 3": the counts of both have the same tables in the same order. */
export const countsText = ({ before, after }: Pick<MergedContents, 'before' | 'after'>): string =>
  say('merge:contents.counts', {
    before: joinWithAnd(countedByType(before)),
    after: joinWithAnd(Object.values(after).map(String)),
  });

interface Props {
  contents: MergedContents;
  excludedIds: ReadonlySet<string>;
  onExclude: (ids: ReadonlySet<string>) => void;
}

/** The records that a merge of universities merges too, each with a checkbox, and the values that are lost. */
export function MatchingRecords({ contents, excludedIds, onExclude }: Props) {
  const { t } = useTexts('merge');
  const [shownCount, setShownCount] = useState(pageSize);
  const pairs = contents.pairs.filter(({ type }) => type !== 'university');
  const differingCount = pairs.filter(({ differences }) => differences.length > 0).length;
  const toggle = ({ other }: Pair): void => {
    const ids = new Set(excludedIds);
    if (!ids.delete(other.id)) ids.add(other.id);
    onExclude(ids);
  };
  return (
    <>
      {contents.ambiguous.length > 0 && (
        <p className="small">
          {t('contents.ambiguous', {
            count: contents.ambiguous.reduce((sum, { count }) => sum + count, 0),
          })}
        </p>
      )}
      <details className="small" open={differingCount > 0}>
        <summary>
          {t('contents.pairs', { count: pairs.length })}
          {differingCount > 0 && ` · ${t('contents.differing', { count: differingCount })}`}
        </summary>
        <ul className="plan-names matching-records" aria-label={t('contents.list')}>
          {contents.ambiguous.map(({ type, title, count }) => (
            <li key={`${type} ${title}`}>
              <Checkbox
                disabled
                checked={false}
                label={displayTitle(title, type)}
                description={t('contents.sameName', { count })}
                readOnly
              />
              <span className="dim">{typeName(type)}</span>
            </li>
          ))}
          {pairs.slice(0, shownCount).map((pair) => (
            <li key={`${pair.keep.id}\n${pair.other.id}`}>
              <Checkbox
                checked={!excludedIds.has(pair.other.id)}
                label={displayTitle(pair.keep.title, pair.type)}
                description={<Differences pair={pair} />}
                onChange={() => toggle(pair)}
              />
              <span className="dim">{typeName(pair.type)}</span>
            </li>
          ))}
        </ul>
        {pairs.length > shownCount && (
          <Button size="xs" variant="default" onClick={() => setShownCount(shownCount + pageSize)}>
            {t('contents.more', { count: Math.min(pageSize, pairs.length - shownCount) })}
          </Button>
        )}
      </details>
    </>
  );
}

function Differences({ pair: { type, differences } }: { pair: Pair }) {
  const { t } = useTexts('merge');
  if (differences.length === 0) return null;
  return differences.map(({ field, kept, dropped }) => {
    const shown = (value: Json): string => valueText(value, fieldOf(type, field));
    return (
      <span key={field} className="block">
        {t('contents.difference', {
          field: payloadFieldName(type, field),
          kept: shown(kept),
          dropped: shown(dropped),
        })}
      </span>
    );
  });
}
