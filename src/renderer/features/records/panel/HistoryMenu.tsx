import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconDots, IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { historyOf } from '#shared/address/view.ts';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { go } from '../../../stores/address.ts';
import { useWayBack } from '../../../stores/one-change.ts';
import { stepBack, undoAlone, undoOp } from '../../../stores/undo.ts';

/** Drawn only while the menu is open: what comes next of undo is not followed by each change of a long history. */
function Items({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation(['panel', 'history']);
  const { way, why } = useWayBack(transaction);
  const { op_id, changes } = transaction;
  const label = changes > 1 ? t('history.undoWhole', { count: changes }) : t('history:alone.undo');
  return (
    <>
      {(way === 'undo' || way === 'alone') && (
        <Menu.Item
          leftSection={<IconArrowBackUp size={15} stroke={1.6} />}
          title={t('history:alone.tip')}
          onClick={() => void (way === 'undo' ? undoOp(op_id) : undoAlone(transaction))}
        >
          {label}
        </Menu.Item>
      )}
      {way === 'redo' && (
        <Menu.Item
          leftSection={<IconArrowForwardUp size={15} stroke={1.6} />}
          onClick={() => void stepBack('redo')}
        >
          {t('history:detail.redo')}
        </Menu.Item>
      )}
      {why !== null && (
        // It can be come to by keys, so that why it cannot be done is heard.
        <Menu.Item
          className="menu-not"
          aria-disabled
          closeMenuOnClick={false}
          leftSection={<IconArrowBackUp size={15} stroke={1.6} />}
        >
          {label}
          <span className="menu-why">{t(`history:alone.why.${why}`)}</span>
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<IconHistory size={15} stroke={1.6} />}
        onClick={() => go(historyOf({ open: op_id }))}
      >
        {t('history.openAll')}
      </Menu.Item>
    </>
  );
}

/**
 * What can be done with a change that a record's history tells of: undo it, with all that it changed, or why that cannot be; and see all of
 * it in History.
 */
export function HistoryMenu({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation('panel');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon className="record-history-menu" size={24} aria-label={t('history.menu')}>
          <IconDots size={16} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Items transaction={transaction} />
      </Menu.Dropdown>
    </Menu>
  );
}
