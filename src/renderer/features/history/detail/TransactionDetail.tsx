import { ActionIcon, Button } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { api } from '../../../api/client.ts';
import { adjustHistory } from '../../../stores/address.ts';
import { useMe } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import { stepBack, undoOp } from '../../../stores/undo.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { exact } from '../../../text/time.ts';
import { When } from '../../../ui/When.tsx';
import { ChangeList } from './ChangeList.tsx';
import { TechnicalDetails } from './TechnicalDetails.tsx';
import { skip } from '../../../stores/skipped.ts';

/** Undo for one's own latest change, redo for what one undid last; nothing for all others. */
function Steps({ opId }: { opId: string }) {
  const { t } = useTranslation('history');
  const { data } = useQuery({
    queryKey: keys.undo,
    queryFn: ({ signal }) => api.history.state({ skip: skip() }, { signal }),
  });
  return (
    <>
      {data?.undo?.op_id === opId && (
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
          onClick={() => void undoOp(opId)}
        >
          {t('detail.undo')}
        </Button>
      )}
      {data?.redo?.op_id === opId && (
        <Button
          variant="default"
          leftSection={<IconArrowForwardUp size={16} stroke={1.6} />}
          onClick={() => void stepBack('redo')}
        >
          {t('detail.redo')}
        </Button>
      )}
    </>
  );
}

/** That a transaction took back or brought back another, and the way there. */
function About({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation('history');
  const other = transaction.undoes ?? transaction.redoes;
  if (other === null) return null;
  return (
    <p className="dim">
      {t(transaction.undoes === null ? 'detail.redid' : 'detail.undid')}{' '}
      <button type="button" className="link-button link-plain" onClick={() => adjustHistory({ open: other })}>
        {t('detail.show')}
      </button>
    </p>
  );
}

/** One transaction: what it was, who did it when, what it changed, and the way back where there is one. */
export function TransactionDetail({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation(['history', 'common']);
  const { label, params, actor, created_at, op_id, undone, changes } = transaction;
  const me = useMe();
  return (
    <aside className="history-detail" aria-label={t('detail.label')}>
      <header className="history-detail-header">
        <div className="history-detail-line">
          <h2>{describeTransaction(label, params)}</h2>
          <ActionIcon aria-label={t('detail.close')} onClick={() => adjustHistory({ open: '' })}>
            <IconX size={17} stroke={1.6} />
          </ActionIcon>
        </div>
        <div className="history-detail-line">
          <p className="dim history-facts">
            {undone && <span className="pill pill-plain">{t('undone')}</span>}
            <span>{t('detail.by', { who: actor.id === me?.id ? t('common:you') : actor.name })}</span>
            <span className="num">
              {exact(created_at)} (<When at={created_at} />)
            </span>
            <span className="num">{t('changes', { count: changes })}</span>
          </p>
          <Steps opId={op_id} />
        </div>
        <About transaction={transaction} />
      </header>
      <ChangeList key={op_id} transaction={transaction} />
      <TechnicalDetails transaction={transaction} />
    </aside>
  );
}
