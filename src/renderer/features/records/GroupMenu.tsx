import { Menu } from '@mantine/core';
import { IconLayoutRows } from '@tabler/icons-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import { run } from '../../commands/registry.ts';
import { adjustList } from '../../stores/address.ts';
import { fieldName } from '../../text/names.ts';
import { QuietButton } from '../../ui/QuietButton.tsx';
import { groupFieldOf, groupFields } from './grouping.ts';
import { useOwnFields } from './own/useOwnFields.ts';

/** Chooses the field by which records stand in groups. */
export function GroupMenu({ view }: { view: ListView }) {
  const { t } = useTranslation(['grid', 'own']);
  const field = groupFieldOf(view);
  const fields = groupFields(view.type, useOwnFields(view.type));
  const label = field ? t('grid:group.by', { field: fieldName(field.key) }) : t('grid:group.button');
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <QuietButton icon={IconLayoutRows} pressed={field !== null} aria-label={label} title={label}>
          {field ? t('grid:group.short', { field: fieldName(field.key) }) : t('grid:group.button')}
        </QuietButton>
      </Menu.Target>
      <Menu.Dropdown className="columns-menu">
        <Menu.Label>{t('grid:group.heading')}</Menu.Label>
        <Menu.RadioItem
          value=""
          checked={field === null}
          closeMenuOnClick
          onChange={() => adjustList({ group: '' })}
        >
          {t('grid:group.nothing')}
        </Menu.RadioItem>
        {fields.map(({ key, own }, index) => (
          <Fragment key={key}>
            {own && !fields[index - 1]?.own && <Menu.Label>{t('own:heading')}</Menu.Label>}
            <Menu.RadioItem
              value={key}
              checked={field?.key === key}
              closeMenuOnClick
              onChange={() => adjustList({ group: key })}
            >
              {fieldName(key)}
            </Menu.RadioItem>
          </Fragment>
        ))}
        {field && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => run('list.closeGroups')}>{t('grid:group.closeAll')}</Menu.Item>
            <Menu.Item onClick={() => run('list.openGroups')}>{t('grid:group.openAll')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
