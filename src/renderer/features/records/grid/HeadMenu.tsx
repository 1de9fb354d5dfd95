import { Menu } from '@mantine/core';
import { IconArrowAutofitWidth, IconFilter, IconLayoutRows, IconSum } from '@tabler/icons-react';
import type { Ref } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { useListView } from '../../../stores/address.ts';
import { filterFields } from '../filters/model.ts';
import { useOwnFields } from '../custom-fields.ts';
import type { IconType } from '../../../ui/icons.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { canSum } from '../columns.ts';
import { SummaryKinds } from './GroupRow.tsx';
import { headActions } from './column-actions.ts';
import type { ColumnActions } from './column-actions.ts';
import styles from './head.module.css';

interface Props {
  column: PlacedColumn;
  actions: ColumnActions;
  fit: () => void;
  onClose: (back: boolean) => void;
}

function Anchor({ id, ref }: { id?: string; ref?: Ref<HTMLSpanElement> }) {
  return <span id={id} ref={ref} className={styles.anchor} />;
}

const sign = (Icon: IconType) => <Icon size={15} stroke={1.6} />;

export function HeadMenu({ column, actions, fit, onClose }: Props) {
  const { t } = useTexts('grid');
  const type = useListView()?.type;
  const own = useOwnFields(type ?? 'team');
  if (!type) return null;
  const { key, label } = column;
  const filterable = filterFields(type, own).some((field) => field.key === key);
  const grouped = actions.grouped === key;
  const entries = headActions(column, actions);
  const sorts = column.sortable ? 2 : 0;
  const item = ({ id, says, icon, run }: (typeof entries)[number]) => (
    // A hidden column has no heading to return the focus to.
    <Menu.Item key={id} leftSection={sign(icon)} onClick={() => done(run, id !== 'hide')}>
      {t(`column.${says}`)}
    </Menu.Item>
  );
  return (
    <Menu
      opened
      position="bottom-start"
      width={224}
      closeOnItemClick={false}
      onChange={(opened) => !opened && onClose(true)}
    >
      <Menu.Target>
        <Anchor />
      </Menu.Target>
      <Menu.Dropdown
        aria-label={t('headMenu', { field: label })}
        onClick={(event) => event.stopPropagation()}
      >
        {entries.map(item).slice(0, sorts)}
        {sorts > 0 && <Menu.Divider />}
        {filterable && (
          <Menu.Item leftSection={sign(IconFilter)} onClick={() => done(() => actions.filter(key), false)}>
            {t('column.filter')}
          </Menu.Item>
        )}
        {(grouped || actions.canGroup(key)) && (
          <Menu.Item
            leftSection={sign(IconLayoutRows)}
            onClick={() => done(() => actions.group(grouped ? '' : key))}
          >
            {grouped ? t('commands:list.ungroup') : t('column.group')}
          </Menu.Item>
        )}
        {canSum(column) && (
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={sign(IconSum)}>{t('column.summary')}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              <SummaryKinds
                kind={actions.summaryOf(key)}
                onChoose={(one) => done(() => actions.summarize(key, one))}
              />
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        )}
        <Menu.Divider />
        {entries.map(item).slice(sorts)}
        <Menu.Item leftSection={sign(IconArrowAutofitWidth)} onClick={() => done(fit)}>
          {t('column.fit')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );

  function done(act: () => void, back = true): void {
    onClose(back);
    act();
  }
}
