import { ActionIcon, Menu, Button } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconDots,
  IconHistory,
  IconChevronRight,
} from '@tabler/icons-react';
import { historyOf } from '#shared/address/view.ts';
import type { AuditTransaction, AuditChange, LinkedWith } from '#shared/contract/history.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { navigate } from '../../../stores/address.ts';
import { useWayBack } from '../../../stores/one-change.ts';
import { stepBack, undoOne, undoOp } from '../../../stores/undo.ts';
import { useMe } from '../../../stores/profile.ts';
import { diffOf } from '../../../text/diff.ts';
import { shortMoment } from '../../../text/formats.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { titleOr, capitalised } from '../../../text/names.ts';
import { whoIs, whoNamed } from '../../../text/who.ts';
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
function Items({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTexts('panel');
  const { way, why } = useWayBack(transaction);
  const { op_id, changes } = transaction;
  const label = changes > 1 ? t('history.undoWhole', { count: changes }) : t('history:alone.undo');
  return (
    <>
      {(way === 'undo' || way === 'alone') && (
        <MenuAction
          icon={IconArrowBackUp}
          label={label}
          title={t('history:alone.tip')}
          onRun={() => (way === 'undo' ? undoOp(op_id) : undoOne(transaction))}
        />
      )}
      {way === 'redo' && (
        <MenuAction icon={IconArrowForwardUp} label={t('common:redo')} onRun={() => stepBack('redo')} />
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
        <Items transaction={transaction} />
      </Menu.Dropdown>
    </Menu>
  );
}

interface Props {
  row: { transaction: AuditTransaction; change: AuditChange; link: LinkedWith | null };
}

function What({ change: { action }, link }: Pick<Props['row'], 'change' | 'link'>) {
  const { t } = useTexts('panel');
  if (!link) return <strong>{capitalised(t(`history:action.${action}`))}</strong>;
  const title = link.title === '' && link.type === null ? link.id : titleOr(link.title, link.type ?? '');
  const did = link.moved === null ? action : (`moved_${link.moved}` as const);
  return <strong className={styles.historyLinked}>{t(`history.link.${did}`, { title })}</strong>;
}

function HistoryEntry({ row: { transaction, change, link } }: Props) {
  const { t } = useTexts('panel');
  const me = useMe()?.id;
  const { actor } = transaction;
  const changed = { type: change.type, action: change.action, before: change.before, after: change.after };
  const whole = change.action !== 'update';
  const count = diffOf(changed).length;
  const part = transaction.changes > 1 || transaction.undoes !== null || transaction.redoes !== null;
  return (
    <li>
      <div className={`stack baseline gap-8 ${styles.historyLine}`}>
        <span className={`flex baseline wrap shrink gap-2-8 ${styles.historyWhat}`}>
          <What change={change} link={link} />
          <span className="shrink dim cut" title={whoNamed(actor, me)}>
            {t('history:detail.by', { who: whoIs(actor, me) })}
          </span>
          {transaction.undone && <span className="pill pill-plain">{t('history:undone')}</span>}
        </span>
        <When at={change.created_at} className="tiny faint nowrap" />
        <HistoryMenu transaction={transaction} />
      </div>
      <p className="tiny faint breaks num">{shortMoment(Date.parse(change.created_at))}</p>
      {part && (
        <p className="tiny faint breaks">{describeTransaction(transaction.label, transaction.params)}</p>
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

const step = 30;

export function HistoryTab({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const [limit, setLimit] = useState(step);
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
          {total > rows.length && limit < 1000 && (
            <Button variant="default" onClick={() => setLimit(Math.min(1000, limit + step))}>
              {t('history.more')}
            </Button>
          )}
        </>
      )}
    </QueryView>
  );
}
