import { Button, ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconCheck,
  IconChevronRight,
  IconCopy,
  IconHistory,
  IconLink,
  IconX,
} from '@tabler/icons-react';
import { useId, useState } from 'react';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { runCommand, useCommands } from '../../../commands/registry.ts';
import { useReverseOption } from '../../../stores/undo-obstacle.ts';
import { takeStep, revertChange, undoOp } from '../../../stores/undo.ts';
import { inSentence } from '../../../text/names.ts';
import { copyText } from '../../../ui/clipboard.ts';
import { historyOf } from '#shared/address/view.ts';
import { adjustHistory } from '../../../stores/address.ts';
import { useMe } from '../../../stores/profile.ts';
import { inPast } from '../../../stores/target.ts';
import { labelFacts } from '../../../text/system-event-facts.ts';
import { describeTransaction, recordCount } from '../../../text/audit.ts';
import { exactTime } from '../../../text/time.ts';
import { authorFullName } from '../../../text/author-name.ts';
import { When } from '../../../ui/When.tsx';
import { copyLink } from '../../../ui/copyLink.ts';
import { switchToPoint } from '../../workspace/switch-target.ts';
import { ChangeList, Facts } from './ChangeList.tsx';
import styles from '../history.module.css';

const revertCommandId = 'history.undoChange';

/** The button that undoes, redoes or reverts the transaction, or a disabled one with the reason. */
function UndoButton({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTexts('history');
  const { op_id } = transaction;
  const { action, why: reason } = useReverseOption(transaction);
  const reasonId = useId();
  const canRevert = action === 'revert';
  const label = t('alone.undo');
  useCommands(
    () =>
      canRevert
        ? [
            {
              id: revertCommandId,
              group: 'edit',
              label,
              icon: IconArrowBackUp,
              menu: false,
              run: () => revertChange(transaction),
            },
          ]
        : [],
    [canRevert, label, transaction],
  );
  return (
    <>
      {action === 'undo' && (
        <Button leftSection={<IconArrowBackUp size={16} stroke={1.6} />} onClick={() => void undoOp(op_id)}>
          {t('common:undo')}
        </Button>
      )}
      {canRevert && (
        <Button
          leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
          title={t('alone.tip')}
          onClick={() => runCommand(revertCommandId)}
        >
          {label}
        </Button>
      )}
      {reason !== null && (
        <>
          <Button
            leftSection={<IconArrowBackUp size={16} stroke={1.6} />}
            aria-disabled
            data-disabled
            aria-describedby={reasonId}
            onClick={(event) => event.preventDefault()}
          >
            {label}
          </Button>
          <p id={reasonId} className={`dim ${styles.why}`}>
            {t(`alone.why.${reason}`)}
          </p>
        </>
      )}
      {action === 'redo' && (
        <Button
          leftSection={<IconArrowForwardUp size={16} stroke={1.6} />}
          onClick={() => void takeStep('redo')}
        >
          {t('common:redo')}
        </Button>
      )}
    </>
  );
}

function TechnicalFact({ name, value, tip }: { name: string; value: string; tip?: string }) {
  const { t } = useTexts('history');
  const [isCopied, setIsCopied] = useState(false);
  const Icon = isCopied ? IconCheck : IconCopy;
  const copyLabel = t('technical.copy', { what: inSentence(name) });
  return (
    <div>
      <dt title={tip}>{tip === undefined ? name : <span className="explained">{name}</span>}</dt>
      <dd>
        <code>{value}</code>
        <Tooltip label={copyLabel}>
          <ActionIcon size={24} aria-label={copyLabel} onClick={() => setIsCopied(copyText(value))}>
            <Icon size={14} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </dd>
    </div>
  );
}

function TechnicalDetails({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTexts('history');
  return (
    <details className={`rigid tiny dim line-above px-16 py-8 ${styles.technical}`}>
      <summary className="row gap-4 pointer target">
        <IconChevronRight size={14} stroke={1.8} />
        {t('common:details')}
      </summary>
      <dl>
        <TechnicalFact name={t('act.op_id')} value={transaction.op_id} />
        <TechnicalFact name={t('technical.entry')} value={String(transaction.id)} />
        <TechnicalFact name={t('technical.hash')} value={transaction.hash} tip={t('technical.hashTip')} />
      </dl>
    </details>
  );
}

function CounterpartLink({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTexts('history');
  const counterpart = transaction.undoes ?? transaction.redoes;
  if (counterpart === null) return null;
  return (
    <p className="dim">
      {t(transaction.undoes === null ? 'detail.redid' : 'detail.undid')}{' '}
      <button
        type="button"
        className="link-button accent"
        onClick={() => adjustHistory({ open: counterpart })}
      >
        {t('detail.show')}
      </button>
    </p>
  );
}

function PointInTimeButton({ transactionId }: { transactionId: number }) {
  const { t } = useTexts('past');
  if (inPast()) return null;
  return (
    <Button
      leftSection={<IconHistory size={16} stroke={1.6} />}
      onClick={() => void switchToPoint(transactionId)}
    >
      {t('showThen')}
    </Button>
  );
}

/** One transaction: what changed, who changed it when, and how to undo it. */
export function TransactionDetail({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTexts('history');
  const { label, params, actor, created_at, op_id, undone } = transaction;
  const me = useMe()?.id;
  const count = recordCount(transaction);
  return (
    <aside
      className={`column shrink shrink-y scroll-y on-panel line-start ${styles.detail}`}
      aria-label={t('detail.label')}
    >
      <header className="stack rigid gap-8 line-below px-16 py-12 history-detail-header">
        <div className={`flex top apart target ${styles.detailLine}`}>
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
        <div className={`flex top apart target ${styles.detailLine} wrap ${styles.detailWay}`}>
          <p className={`dim row wrap gap-4-12 small target ${styles.facts}`}>
            {undone && <span className="pill pill-plain">{t('undone')}</span>}
            <span>{t('detail.by', { who: authorFullName(actor, me) })}</span>
            <span className="num">
              {exactTime(created_at)} (<When at={created_at} />)
            </span>
            {count > 0 && <span className="num">{t('common:count', { count })}</span>}
          </p>
          <PointInTimeButton transactionId={transaction.id} />
          <UndoButton transaction={transaction} />
        </div>
        <CounterpartLink transaction={transaction} />
        <Facts facts={labelFacts(label, params)} />
      </header>
      <ChangeList key={op_id} transaction={transaction} />
      <TechnicalDetails transaction={transaction} />
    </aside>
  );
}
