import { useTranslation } from 'react-i18next';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { describeTransaction } from '../../text/audit.ts';
import { numberText } from '../../text/values.ts';
import { TransactionSign } from '../../ui/TransactionSign.tsx';
import { When } from '../../ui/When.tsx';

/** One thing that somebody did, in a line. */
export function TransactionRow({ transaction, me }: { transaction: AuditTransaction; me: string }) {
  const { t } = useTranslation(['history', 'common']);
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
      <span className="history-count num" title={t('changes', { count: changes })}>
        {numberText(changes)}
      </span>
      <span className="history-who cut" title={actor.name}>
        {actor.id === me ? t('common:you') : actor.name}
      </span>
      <When at={created_at} className="history-when" />
    </>
  );
}
