import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listOf } from '#shared/address/view.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { go } from '../../../stores/address.ts';
import { inSentence, typeNames } from '../../../text/names.ts';
import { iconOf } from '../../../ui/icons.ts';
import { Assurances, ImportEnd } from './ImportEnd.tsx';
import { importSum } from './plan.ts';
import { Problems } from './Problems.tsx';
import type { Looked } from './state.ts';

function Line({ type, result }: { type: EntityType; result: ImportResult }) {
  const { t } = useTranslation('transfer');
  const table = tableOf[type];
  const Icon = iconOf[type];
  const name = typeNames(type);
  const parts = (['created', 'updated', 'restored'] as const).flatMap((part) => {
    const count = result[part][table] ?? 0;
    return count === 0 ? [] : [t(`done.${part === 'created' ? 'added' : part}`, { count })];
  });
  const newest = { ...listOf(type), sort: [{ field: 'updated_at', direction: 'desc' as const }] };
  return (
    <li>
      <Icon size={17} stroke={1.6} />
      <strong>{name}</strong>
      <span className="num dim">{parts.join(', ')}</span>
      <Button size="xs" variant="default" onClick={() => go(newest)}>
        {t('done.show', { what: inSentence(name) })}
      </Button>
    </li>
  );
}

/** What an import brought, where it is now, and the way back. */
export function Result({ looked, result }: { looked: Looked; result: ImportResult }) {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const counts = importSum(result);
  const types = entityTypes.filter((type) => (counts[tableOf[type]] ?? 0) > 0);
  return (
    <ImportEnd name={looked.file.name} result={result} scroller={setScroller}>
      <ul className="import-links">
        {types.map((type) => (
          <Line key={type} type={type} result={result} />
        ))}
      </ul>
      <Assurances result={result} />
      {result.problems > 0 && <Problems plan={looked.plan} scroller={scroller} />}
    </ImportEnd>
  );
}
