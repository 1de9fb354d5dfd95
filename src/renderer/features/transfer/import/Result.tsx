import { Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconCircleCheck, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { historyOf, listOf } from '#shared/address/view.ts';
import type { ImportResult } from '#shared/contract/transfer.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { run } from '../../../commands/registry.ts';
import { go } from '../../../stores/address.ts';
import { stepBack, undoOp } from '../../../stores/undo.ts';
import { countedAll, typeNames } from '../../../text/names.ts';
import { iconOf } from '../../../ui/icons.ts';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { importSum, sumOf } from './plan.ts';
import { Problems } from './Problems.tsx';
import type { Looked } from './state.ts';
import { useUndone } from './useUndone.ts';

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
        {t('done.show', { what: name.toLowerCase() })}
      </Button>
    </li>
  );
}

function Assurances({ result }: { result: ImportResult }) {
  const { t } = useTranslation('transfer');
  return (
    <ul className="import-sure">
      {result.verified && (
        <li>
          <IconCircleCheck size={17} stroke={1.7} />
          {t('done.verified')}
        </li>
      )}
      {result.backup !== null && (
        <li>
          <IconShieldCheck size={17} stroke={1.7} />
          {t('done.backup', { backup: result.backup })}
        </li>
      )}
    </ul>
  );
}

function Steps({ opId, undone }: { opId: string; undone: boolean }) {
  const { t } = useTranslation('transfer');
  if (opId === '') return null;
  return (
    <>
      <Button variant="default" onClick={() => go(historyOf({ open: opId }))}>
        {t('done.history')}
      </Button>
      {undone ? (
        <Button
          variant="default"
          leftSection={<IconArrowForwardUp size={16} stroke={1.6} />}
          onClick={() => void stepBack('redo')}
        >
          {t('done.redo')}
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
          onClick={() => void undoOp(opId)}
        >
          {t('done.undo')}
        </Button>
      )}
    </>
  );
}

/** What an import brought, where it is now, and the way back. */
export function Result({ looked, result }: { looked: Looked; result: ImportResult }) {
  const { t } = useTranslation('transfer');
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const counts = importSum(result);
  const { undone, redoable } = useUndone(result.op_id);
  const name = looked.file.name;
  const types = entityTypes.filter((type) => (counts[tableOf[type]] ?? 0) > 0);
  const lead = undone
    ? t('done.undoneText')
    : sumOf(counts) === 0
      ? t('done.nothing')
      : `${countedAll(counts)}.`;
  return (
    <>
      <ViewHeader
        title={t(undone ? 'done.undone' : 'done.title', { name })}
        actions={
          <>
            {(!undone || redoable) && <Steps opId={result.op_id} undone={undone} />}
            <Button variant="default" onClick={() => run('file.import')}>
              {t('done.another')}
            </Button>
          </>
        }
      />
      <div ref={setScroller} className="import-what import-result">
        <p className="import-lead">{lead}</p>
        {!undone && (
          <>
            <ul className="import-links">
              {types.map((type) => (
                <Line key={type} type={type} result={result} />
              ))}
            </ul>
            <Assurances result={result} />
            {result.problems > 0 && <Problems plan={looked.plan} scroller={scroller} />}
          </>
        )}
      </div>
    </>
  );
}
