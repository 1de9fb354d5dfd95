import { ActionIcon, Button } from '@mantine/core';
import { IconHistory, IconLink, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { historyOf } from '#shared/address/view.ts';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { adjustHistory } from '../../../stores/address.ts';
import { useMe } from '../../../stores/profile.ts';
import { inPast } from '../../../stores/target.ts';
import { labelFacts } from '../../../text/act-facts.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { exact } from '../../../text/time.ts';
import { whoNamed } from '../../../text/who.ts';
import { When } from '../../../ui/When.tsx';
import { copyLink } from '../../../ui/copyLink.ts';
import { turnToMoment } from '../../workspace/turn.ts';
import { ChangeList } from './ChangeList.tsx';
import { Facts } from './Facts.tsx';
import { Steps } from './Steps.tsx';
import { TechnicalDetails } from './TechnicalDetails.tsx';

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

/** Turns the window to what everything was after the change. */
function ShowThen({ at }: { at: number }) {
  const { t } = useTranslation('past');
  if (inPast()) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconHistory size={16} stroke={1.6} />}
      onClick={() => void turnToMoment(at)}
    >
      {t('showThen')}
    </Button>
  );
}

/** One transaction: what it was, who did it when, what it changed, and the way back where there is one. */
export function TransactionDetail({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation(['history', 'notices']);
  const { label, params, actor, created_at, op_id, undone, changes } = transaction;
  const me = useMe()?.id;
  return (
    <aside className="history-detail" aria-label={t('detail.label')}>
      <header className="history-detail-header">
        <div className="history-detail-line">
          <h2>{describeTransaction(label, params)}</h2>
          <ActionIcon
            aria-label={t('notices:link.copy')}
            title={t('notices:link.copy')}
            onClick={() => copyLink(historyOf({ open: op_id }))}
          >
            <IconLink size={17} stroke={1.6} />
          </ActionIcon>
          <ActionIcon aria-label={t('detail.close')} onClick={() => adjustHistory({ open: '' })}>
            <IconX size={17} stroke={1.6} />
          </ActionIcon>
        </div>
        <div className="history-detail-line history-detail-way">
          <p className="dim history-facts">
            {undone && <span className="pill pill-plain">{t('undone')}</span>}
            <span>{t('detail.by', { who: whoNamed(actor, me) })}</span>
            <span className="num">
              {exact(created_at)} (<When at={created_at} />)
            </span>
            <span className="num">{t('records', { count: changes })}</span>
          </p>
          <ShowThen at={transaction.id} />
          <Steps transaction={transaction} />
        </div>
        <About transaction={transaction} />
        <Facts facts={labelFacts(label, params)} />
      </header>
      <ChangeList key={op_id} transaction={transaction} />
      <TechnicalDetails transaction={transaction} />
    </aside>
  );
}
