import { useTranslation } from 'react-i18next';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { describeTransaction } from '../../text/audit.ts';
import { clock, exact } from '../../text/time.ts';
import { whoIs, whoNamed } from '../../text/who.ts';
import { numberText } from '../../text/values.ts';
import { TransactionSign } from '../../ui/TransactionSign.tsx';
import { When } from '../../ui/When.tsx';

interface Props {
  transaction: AuditTransaction;
  me: string;
  /** One beside it reads the same: then the time of day tells them apart. */
  twin?: boolean;
}

/** One thing that somebody did, in a line. */
export function TransactionRow({ transaction, me, twin = false }: Props) {
  const { t } = useTranslation('history');
  const { actor, changes, created_at, label, params, undone } = transaction;
  const what = describeTransaction(label, params);
  return (
    <>
      <TransactionSign label={label} />
      <span className="history-what">
        <span className={`cut${undone ? ' history-undone' : ''}`} title={what}>
          {what}
        </span>
        {undone && (
          <span className="pill pill-plain" title={t('undoneTip')}>
            {t('undone')}
          </span>
        )}
      </span>
      <span className="history-count num" title={t('records', { count: changes })}>
        {numberText(changes)}
      </span>
      <span className="history-who cut" title={whoNamed(actor, me)}>
        {whoIs(actor, me)}
      </span>
      {twin ? (
        <time dateTime={created_at} title={exact(created_at)} className="history-when num">
          {clock(created_at)}
        </time>
      ) : (
        <When at={created_at} className="history-when" />
      )}
    </>
  );
}
