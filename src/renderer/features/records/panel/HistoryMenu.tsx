import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowBackUp, IconDots, IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { historyOf } from '#shared/address/view.ts';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { go } from '../../../stores/address.ts';
import { useWayBack } from '../../../stores/one-change.ts';
import { undoAlone, undoOp } from '../../../stores/undo.ts';

/** Drawn only while the menu is open: what comes next of undo is not followed by each change of a long history. */
function Items({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation(['panel', 'history']);
  const way = useWayBack(transaction);
  const { op_id, changes } = transaction;
  return (
    <>
      {(way === 'undo' || way === 'alone') && (
        <Menu.Item
          leftSection={<IconArrowBackUp size={15} stroke={1.6} />}
          title={t('history:alone.tip')}
          onClick={() => void (way === 'undo' ? undoOp(op_id) : undoAlone(transaction))}
        >
          {changes > 1 ? t('history.undoWhole', { count: changes }) : t('history:alone.undo')}
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

/** What can be done with a change that a record's history tells of: undo it where that can be, with all that it changed, and see all of it in History. */
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
