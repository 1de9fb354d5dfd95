import { ActionIcon, Menu, Button } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDots,
  IconHistory,
  IconChevronRight,
} from '@tabler/icons-react';
import { historyOf } from '#shared/address/view.ts';
import type { AuditTransaction, AuditChange, LinkedRecord } from '#shared/contract/history.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { navigate } from '../../../stores/address.ts';
import { useReverseOption } from '../../../stores/undo-obstacle.ts';
import { takeStep, revertChange, undoOp } from '../../../stores/undo.ts';
import { useMe } from '../../../stores/profile.ts';
import { diffOf } from '../../../text/diff.ts';
import { shortDateTime } from '../../../text/formats.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { displayTitle, capitalised } from '../../../text/names.ts';
import { authorName, authorFullName } from '../../../text/author-name.ts';
import { Changes } from '../../../ui/Changes.tsx';
import { MenuAction } from '../../../ui/MenuAction.tsx';
import { When } from '../../../ui/When.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { EntityRecord } from '#shared/contract/record.ts';
import { queryFor } from '../../../stores/queries.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import styles from './record-history.module.css';

/** Rendered only while the menu is open, so that not every change of a long history queries its undo. */
function HistoryMenuItems({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTexts('panel');
  const { action, why } = useReverseOption(transaction);
  const { op_id, changes } = transaction;
  const label = changes > 1 ? t('history.undoWhole', { count: changes }) : t('history:alone.undo');
  return (
    <>
      {(action === 'undo' || action === 'revert') && (
        <MenuAction
          icon={IconArrowBackUp}
          label={label}
          title={t('history:alone.tip')}
          onRun={() => (action === 'undo' ? undoOp(op_id) : revertChange(transaction))}
        />
      )}
      {action === 'redo' && (
        <MenuAction icon={IconArrowForwardUp} label={t('common:redo')} onRun={() => takeStep('redo')} />
      )}
      {why !== null && (
        <MenuAction
          icon={IconArrowBackUp}
          label={label}
          why={t(`history:alone.why.${why}`)}
          onRun={() => {}}
        />
      )}
      <MenuAction
        icon={IconHistory}
        label={t('history.openAll')}
        onRun={() => navigate(historyOf({ open: op_id }))}
      />
    </>
  );
}

/** The actions of a change in a record's history: undo it as a whole, or why that is impossible; and show it in History. */
function HistoryMenu({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTexts('panel');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon className={styles.historyMenu} size={24} aria-label={t('history.menu')}>
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <HistoryMenuItems transaction={transaction} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface Props {
  row: { transaction: AuditTransaction; change: AuditChange; link: LinkedRecord | null };
}

function ChangeText({ change: { action }, link }: Pick<Props['row'], 'change' | 'link'>) {
  const { t } = useTexts('panel');
  if (!link) return <strong>{capitalised(t(`history:action.${action}`))}</strong>;
  const title = link.title === '' && link.type === null ? link.id : displayTitle(link.title, link.type ?? '');
  const textKey = link.moved === null ? action : (`moved_${link.moved}` as const);
  return <strong className={styles.historyLinked}>{t(`history.link.${textKey}`, { title })}</strong>;
}

function HistoryEntry({ row: { transaction, change, link } }: Props) {
  const { t } = useTexts('panel');
  const me = useMe()?.id;
  const { actor } = transaction;
  const isWholeRecord = change.action !== 'update';
  const count = diffOf(change).length;
  const showsTransaction =
    transaction.changes > 1 || transaction.undoes !== null || transaction.redoes !== null;
  return (
    <li>
      <div className={`stack baseline gap-8 ${styles.historyLine}`}>
        <span className={`flex baseline wrap shrink gap-2-8 ${styles.historyWhat}`}>
          <ChangeText change={change} link={link} />
          <span className="shrink dim cut" title={authorFullName(actor, me)}>
            {t('history:detail.by', { who: authorName(actor, me) })}
          </span>
          {transaction.undone && <span className="pill pill-plain">{t('history:undone')}</span>}
        </span>
        <When at={change.created_at} className="tiny faint nowrap" />
        <HistoryMenu transaction={transaction} />
      </div>
      <p className="tiny faint breaks num">{shortDateTime(Date.parse(change.created_at))}</p>
      {showsTransaction && (
        <p className="tiny faint breaks">{describeTransaction(transaction.label, transaction.params)}</p>
      )}
      {isWholeRecord && count > 0 && (
        <details>
          <summary>
            <IconChevronRight size={14} stroke={1.8} />
            {t('history.held')}
          </summary>
          <Changes change={change} />
        </details>
      )}
      {!isWholeRecord && <Changes change={change} />}
    </li>
  );
}

const pageSize = 30;
const maxRows = 1000;

export function HistoryTab({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const [limit, setLimit] = useState(pageSize);
  const query = useQuery({
    ...queryFor('history.ofRecord', { id: record.id, with_links: true, limit }),
    placeholderData: keepPreviousData,
  });
  return (
    <QueryView
      query={query}
      label={null}
      isEmpty={({ total }) => total === 0}
      empty={<EmptyState icon={IconHistory} text={t('home:recent.none')} />}
    >
      {({ total, rows }) => (
        <>
          <ol className="record-history">
            {rows.map((row) => (
              <HistoryEntry key={row.change.id} row={row} />
            ))}
          </ol>
          {total > rows.length && limit < maxRows && (
            <Button onClick={() => setLimit(Math.min(maxRows, limit + pageSize))}>{t('history.more')}</Button>
          )}
        </>
      )}
    </QueryView>
  );
}
