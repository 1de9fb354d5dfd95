import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { AuditChange, AuditTransaction, LinkedWith } from '#shared/contract/history.ts';
import { useMe } from '../../../stores/profile.ts';
import { diffOf } from '../../../text/diff.ts';
import { shortMoment } from '../../../text/formats.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { titleOr } from '../../../text/names.ts';
import { whoIs, whoNamed } from '../../../text/who.ts';
import { Changes } from '../../../ui/Changes.tsx';
import { When } from '../../../ui/When.tsx';
import { HistoryMenu } from './HistoryMenu.tsx';

interface Props {
  row: { transaction: AuditTransaction; change: AuditChange; link: LinkedWith | null };
}

/** What was done, in a word or two; of a link also with whom. */
function What({ change: { action }, link }: Pick<Props['row'], 'change' | 'link'>) {
  const { t } = useTranslation('panel');
  if (!link) return <strong>{t(`history.action.${action}`)}</strong>;
  const title = link.title === '' && link.type === null ? link.id : titleOr(link.title, link.type ?? '');
  const did = link.moved === null ? action : (`moved_${link.moved}` as const);
  return <strong className="record-history-linked">{t(`history.link.${did}`, { title })}</strong>;
}

/** Changes of one field or a few are told in place; the whole of one that came or went waits behind a line. */
export function HistoryEntry({ row: { transaction, change, link } }: Props) {
  const { t } = useTranslation('panel');
  const me = useMe()?.id;
  const { actor } = transaction;
  const changed = { type: change.type, action: change.action, before: change.before, after: change.after };
  const whole = change.action !== 'update';
  const count = diffOf(changed).length;
  const part = transaction.changes > 1 || transaction.undoes !== null || transaction.redoes !== null;
  return (
    <li>
      <div className="record-history-line">
        <span className="record-history-what">
          <What change={change} link={link} />
          <span className="record-history-who cut" title={whoNamed(actor, me)}>
            {t('history.by', { who: whoIs(actor, me) })}
          </span>
          {transaction.undone && <span className="pill pill-plain">{t('history.byUndo')}</span>}
        </span>
        <When at={change.created_at} className="record-history-when" />
        <HistoryMenu transaction={transaction} />
      </div>
      <p className="record-history-part num">{shortMoment(Date.parse(change.created_at))}</p>
      {part && (
        <p className="record-history-part">{describeTransaction(transaction.label, transaction.params)}</p>
      )}
      {whole && count > 0 && (
        <details>
          <summary>
            <IconChevronRight size={14} stroke={1.8} />
            {t('history.held')}
          </summary>
          <Changes change={changed} />
        </details>
      )}
      {!whole && <Changes change={changed} />}
    </li>
  );
}
