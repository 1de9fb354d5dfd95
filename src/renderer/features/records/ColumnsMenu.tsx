import { Button, Menu } from '@mantine/core';
import { IconLayoutColumns } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Columns } from './grid/useColumns.ts';

/** Which columns are shown. Without a choice the usual ones are, as far as they fit. */
export function ColumnsMenu({ columns }: { columns: Columns }) {
  const { t } = useTranslation('grid');
  const shown = new Set(columns.placed.map((column) => column.key));
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          className="tool-button"
          aria-label={t('columns')}
          leftSection={<IconLayoutColumns size={16} stroke={1.6} />}
        >
          <span className="tool-word">{t('columns')}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="columns-menu">
        {columns.all
          .filter((column) => !column.naming)
          .map((column) => (
            <Menu.CheckboxItem
              key={column.key}
              checked={shown.has(column.key)}
              onChange={() => columns.toggle(column.key)}
            >
              {column.label}
            </Menu.CheckboxItem>
          ))}
        <Menu.Divider />
        <Menu.Item disabled={!columns.chosen} onClick={columns.reset}>
          {t('columnsReset')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
