import { Menu } from '@mantine/core';
import { IconArrowAutofitWidth, IconFilter, IconLayoutRows, IconSum } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { useListView } from '../../../stores/address.ts';
import { filterFields } from '../filters/model.ts';
import { useCustomFields } from '../custom-fields.ts';
import type { IconType } from '../../../ui/icons.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { canSummarize } from '../columns.ts';
import { SummaryKindItems } from './GroupRow.tsx';
import { headActions } from './column-actions.ts';
import type { ColumnActions } from './column-actions.ts';
import styles from './head.module.css';

interface Props {
  column: PlacedColumn;
  actions: ColumnActions;
  fit: () => void;
  onClose: (returnsFocus: boolean) => void;
}

function Anchor({ id, ref }: { id?: string; ref?: Ref<HTMLSpanElement> }) {
  return <span id={id} ref={ref} className={styles.anchor} />;
}

const menuIcon = (Icon: IconType) => <Icon size={15} stroke={1.6} />;

export function HeadMenu({ column, actions, fit, onClose }: Props) {
  const { t } = useTexts('grid');
  const type = useListView()?.type;
  const customFields = useCustomFields(type ?? 'team');
  if (!type) return null;
  const { key, label } = column;
  const isFilterable = filterFields(type, customFields).some((field) => field.key === key);
  const isGrouped = actions.groupField === key;
  const entries = headActions(column, actions);
  const sortCount = column.isSortable ? 2 : 0;
  const renderItem = ({ id, labelKey, icon, run }: (typeof entries)[number]) => (
    // A hidden column has no heading to return the focus to.
    <Menu.Item key={id} leftSection={menuIcon(icon)} onClick={() => closeAndRun(run, id !== 'hide')}>
      {t(`column.${labelKey}`)}
    </Menu.Item>
  );
  return (
    <Menu opened width={224} closeOnItemClick={false} onChange={(opened) => !opened && onClose(true)}>
      <Menu.Target>
        <Anchor />
      </Menu.Target>
      <Menu.Dropdown
        aria-label={t('headMenu', { field: label })}
        onClick={(event) => event.stopPropagation()}
      >
        {entries.map(renderItem).slice(0, sortCount)}
        {sortCount > 0 && <Menu.Divider />}
        {isFilterable && (
          <Menu.Item
            leftSection={menuIcon(IconFilter)}
            onClick={() => closeAndRun(() => actions.filter(key), false)}
          >
            {t('column.filter')}
          </Menu.Item>
        )}
        {(isGrouped || actions.canGroup(key)) && (
          <Menu.Item
            leftSection={menuIcon(IconLayoutRows)}
            onClick={() => closeAndRun(() => actions.group(isGrouped ? '' : key))}
          >
            {isGrouped ? t('commands:list.ungroup') : t('column.group')}
          </Menu.Item>
        )}
        {canSummarize(column) && (
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={menuIcon(IconSum)}>{t('column.summary')}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              <SummaryKindItems
                kind={actions.summaryOf(key)}
                onChoose={(chosenKind) => closeAndRun(() => actions.summarize(key, chosenKind))}
              />
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        )}
        <Menu.Divider />
        {entries.map(renderItem).slice(sortCount)}
        <Menu.Item leftSection={menuIcon(IconArrowAutofitWidth)} onClick={() => closeAndRun(fit)}>
          {t('column.fit')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );

  function closeAndRun(run: () => void, returnsFocus = true): void {
    onClose(returnsFocus);
    run();
  }
}
