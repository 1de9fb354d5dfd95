import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AuditChange, AuditTransaction } from '#shared/contract/history.ts';
import { useMe } from '../../../stores/profile.ts';
import { diffOf } from '../../../text/diff.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { Changes } from '../../../ui/Changes.tsx';
import { When } from '../../../ui/When.tsx';

interface Props {
  row: { transaction: AuditTransaction; change: AuditChange };
}

/** Changes of one field or a few are told in place; the whole of one that came or went waits behind a line. */
export function HistoryEntry({ row: { transaction, change } }: Props) {
  const { t } = useTranslation(['panel', 'common']);
  const me = useMe()?.id;
  const { id, name } = transaction.actor;
  const changed = { type: change.type, action: change.action, before: change.before, after: change.after };
  const whole = change.action !== 'update';
  const count = diffOf(changed).length;
  const part = transaction.changes > 1 || transaction.undoes !== null || transaction.redoes !== null;
  return (
    <li>
      <div className="record-history-line">
        <span className="record-history-what">
          <strong>{t(`history.action.${change.action}`)}</strong>
          <span className="record-history-who cut" title={name}>
            {t('history.by', { who: id === me ? t('common:you') : name })}
          </span>
          {transaction.undone && <span className="pill pill-plain">{t('history.byUndo')}</span>}
        </span>
        <When at={change.created_at} className="record-history-when" />
      </div>
      {part && (
        <p className="record-history-part">{describeTransaction(transaction.label, transaction.params)}</p>
      )}
      {whole && count > 0 && (
        <details>
          <summary>
            <IconChevronRight size={14} stroke={1.8} />
            {t('history.held', { count })}
          </summary>
          <Changes change={changed} />
        </details>
      )}
      {!whole && <Changes change={changed} />}
    </li>
  );
}
