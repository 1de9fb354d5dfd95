import { useTranslation } from 'react-i18next';
import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import { diffOf } from '../../../text/diff.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { Changes } from '../../../ui/Changes.tsx';
import { When } from '../../../ui/When.tsx';

interface Props {
  row: { transaction: AuditTransaction; change: AuditChange };
}

/** Changes of one field or a few are told in place; the whole of a new or deleted record waits behind a line. */
export function HistoryEntry({ row: { transaction, change } }: Props) {
  const { t } = useTranslation('panel');
  const changed = { type: change.type, action: change.action, before: change.before, after: change.after };
  const whole = change.action === 'create' || change.action === 'delete';
  const count = diffOf(changed).length;
  const part = transaction.changes > 1 || transaction.undoes !== null || transaction.redoes !== null;
  return (
    <li className={`history-entry history-${change.action}`}>
      <div className="history-line">
        <span className="history-what">{t(`history.action.${change.action}`)}</span>
        {transaction.undone && <span className="pill pill-plain">{t('history.byUndo')}</span>}
        <span className="history-who cut">{t('history.by', { who: transaction.actor.name })}</span>
        <When at={change.created_at} className="history-when" />
      </div>
      {part && <p className="history-part">{describeTransaction(transaction.label, transaction.params)}</p>}
      {whole && count > 0 && (
        <details>
          <summary>{t('history.held', { count })}</summary>
          <Changes change={changed} />
        </details>
      )}
      {!whole && <Changes change={changed} />}
    </li>
  );
}
