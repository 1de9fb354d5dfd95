import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { historyOf, listWithRecord } from '#shared/address/view.ts';
import type { AuditTransaction } from '#shared/contract/history.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useMe } from '../../stores/profile.ts';
import { queryKeys, queryFor } from '../../stores/queries.ts';
import { describeTransaction } from '../../text/audit.ts';
import { formatDay } from '../../text/formats.ts';
import { displayTitle } from '../../text/names.ts';
import { authorName, authorFullName } from '../../text/author-name.ts';
import { iconOf } from '../../ui/icons.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { TransactionSign } from '../../ui/TransactionSign.tsx';
import { useBusy } from '../../ui/useBusy.ts';
import { When } from '../../ui/When.tsx';
import { useChangeRefusal } from '../records/data/permissions.ts';
import { markDone } from '../repairs/mark-done.ts';
import {
  dueSort,
  dueOf,
  dueText,
  openRepairFilter,
  isOverdue,
  openRepairList,
  ownersText,
} from '../repairs/open-repairs.ts';
import styles from './home.module.css';

const maxLines = 5;

interface LineProps {
  icon: ReactNode;
  title: string;
  className?: string | undefined;
  onOpen: () => void;
  side: ReactNode;
  children?: ReactNode;
}

function Line({ icon, title, className = '', onOpen, side, children }: LineProps) {
  return (
    <>
      {icon}
      <LinkButton className={`grow cut ${className}`} title={title} onClick={onOpen}>
        {title}
      </LinkButton>
      {children}
      <span className="rigid push tiny dim num side">{side}</span>
    </>
  );
}

function MoreButton({ children, onClick }: { children: ReactNode; onClick: () => void }) {
  return (
    <button
      type="button"
      className={`inline gap-8 dim px-8 pointer rounded target ${styles.quiet}`}
      onClick={onClick}
    >
      {children}
      <IconArrowRight size={15} stroke={1.7} />
    </button>
  );
}

const repairQuery = { type: 'repair' as const, filters: [openRepairFilter], sort: [dueSort] };

function Due({ due }: { due: string | null }) {
  const { t } = useTexts('repairs');
  if (due === null) return <span>{t('noDue')}</span>;
  const dueLabel = dueText(due);
  return (
    <time dateTime={due} title={formatDay(due)}>
      {t(isOverdue(due) ? 'overdue' : 'due', { when: dueLabel })}
    </time>
  );
}

function RepairLine({ record }: { record: EntityRecord }) {
  const { t } = useTexts('repairs');
  const [isBusy, markAsDone] = useBusy(() => markDone(record));
  const refusal = useChangeRefusal(record);
  const due = dueOf(record);
  const isLate = due !== null && isOverdue(due);
  const Icon = isLate ? IconAlertTriangle : iconOf.repair;
  const title = displayTitle(record.title, 'repair');
  return (
    <li className={isLate ? styles.late : ''}>
      <Line
        icon={<Icon size={17} stroke={1.6} aria-hidden />}
        title={title}
        onOpen={() => navigate(listWithRecord('repair', record.id))}
        side={
          <>
            {ownersText(record) || t('nobody')} · <Due due={due} />
          </>
        }
      />
      {refusal === null && (
        <Button size="xs" loading={isBusy} aria-label={`${t('done.action')}: ${title}`} onClick={markAsDone}>
          {t('done.action')}
        </Button>
      )}
    </li>
  );
}

export function OpenRepairs() {
  const { t } = useTexts('repairs');
  const { data } = useQuery({
    ...queryFor('entities.list', { ...repairQuery, limit: maxLines }),
    placeholderData: (previous) => previous,
  });
  if (!data || data.rows.length === 0) return null;
  const moreCount = data.matched - data.rows.length;
  return (
    <section className={`mt-24 ${styles.repairs}`} aria-label={t('open')}>
      <h2 className="mb-4">{t('open')}</h2>
      <ul className={styles.lines}>
        {data.rows.map((record) => (
          <RepairLine key={record.id} record={record} />
        ))}
      </ul>
      {moreCount > 0 && (
        <MoreButton onClick={() => navigate(openRepairList())}>{t('more', { count: moreCount })}</MoreButton>
      )}
    </section>
  );
}

function TransactionLine({ transaction, myId }: { transaction: AuditTransaction; myId: string | undefined }) {
  const { t } = useTexts('history');
  const { label, params, actor, created_at, op_id, undone } = transaction;
  return (
    <li>
      <Line
        icon={<TransactionSign transaction={transaction} />}
        title={describeTransaction(label, params)}
        className={undone ? 'struck' : ''}
        onOpen={() => navigate(historyOf({ open: op_id }))}
        side={
          <>
            <span title={authorFullName(actor, myId)}>{authorName(actor, myId)}</span> ·{' '}
            <When at={created_at} />
          </>
        }
      >
        {undone && <span className="pill pill-plain">{t('undone')}</span>}
      </Line>
    </li>
  );
}

export function RecentChanges() {
  const { t } = useTexts('home');
  const myId = useMe()?.id;
  const { data } = useQuery(queryFor('history.list', { limit: maxLines }, queryKeys.transactions({}, -1)));
  return (
    <section>
      <h2 className="mb-4">{t('recent.title')}</h2>
      {data?.rows.length === 0 && <p className="dim">{t('recent.none')}</p>}
      <ul className={styles.lines}>
        {data
          ? data.rows.map((row) => <TransactionLine key={row.id} transaction={row} myId={myId} />)
          : Array.from({ length: maxLines }, (_, index) => <li key={index} className={styles.coming} />)}
      </ul>
      <MoreButton onClick={() => navigate(historyOf())}>{t('steps:openHistory')}</MoreButton>
    </section>
  );
}
