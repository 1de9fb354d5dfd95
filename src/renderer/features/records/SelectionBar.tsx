import { Button } from '@mantine/core';
import { IconRestore, IconTrash, IconX } from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { run, useCommand } from '../../commands/registry.ts';
import { pickOnly } from './grid/state.ts';

/** The buttons go with the selection: the focus goes back to the rows before they do. */
function backToRows({ currentTarget }: MouseEvent<HTMLElement>): void {
  currentTarget.closest('.list-main')?.querySelector<HTMLElement>('[role="grid"]')?.focus();
}

/** How many records are picked, and what can be done with them. */
export function SelectionBar({ count, deleted }: { count: number; deleted: boolean }) {
  const { t } = useTranslation(['grid', 'common']);
  const id = deleted ? 'record.restore' : 'record.delete';
  const command = useCommand(id);
  const Sign = deleted ? IconRestore : IconTrash;
  return (
    <div className="list-actions">
      <output className="list-picked num">{t('grid:selected', { count })}</output>
      <Button
        variant="default"
        leftSection={<Sign size={16} stroke={1.6} />}
        disabled={!command?.enabled}
        title={command?.label ?? ''}
        onClick={(event) => {
          backToRows(event);
          run(id);
        }}
      >
        {t(deleted ? 'grid:restore' : 'grid:delete')}
      </Button>
      <Button
        variant="subtle"
        color="gray"
        leftSection={<IconX size={16} stroke={1.6} />}
        onClick={(event) => {
          backToRows(event);
          pickOnly([]);
        }}
      >
        {t('common:clear')}
      </Button>
    </div>
  );
}
