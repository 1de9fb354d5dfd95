import { Menu, Popover } from '@mantine/core';
import {
  IconArrowAutofitWidth,
  IconArrowDown,
  IconArrowLeft,
  IconArrowRight,
  IconArrowUp,
  IconEyeOff,
  IconFilter,
  IconLayoutRows,
  IconPin,
  IconPinnedOff,
  IconSum,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityType } from '#shared/domain/types.ts';
import { useListView } from '../../../stores/address.ts';
import { FilterEditor } from '../filters/FilterEditor.tsx';
import { filterFields } from '../filters/model.ts';
import { useOwnFields } from '../custom-fields.ts';
import type { IconType } from '../../../ui/icons.ts';
import { summaryKinds } from '../../../stores/list-layout.ts';
import type { PlacedColumn } from '../column-layout.ts';
import { canSum } from '../columns.ts';
import type { ColumnActions } from './column-actions.ts';

interface Props {
  column: PlacedColumn;
  deeds: ColumnActions;
  fit: () => void;
  onClose: (back: boolean) => void;
}

function Anchor({ id, ref }: { id?: string; ref?: Ref<HTMLSpanElement> }) {
  return <span id={id} ref={ref} className="head-anchor" />;
}

const sign = (Icon: IconType) => <Icon size={15} stroke={1.6} />;

function FilterHere({ type, column, deeds, onClose }: Omit<Props, 'fit'> & { type: EntityType }) {
  const own = useOwnFields(type);
  const field = filterFields(type, own).find(({ key }) => key === column.key);
  if (!field) return null;
  return (
    <Popover
      opened
      withRoles={false}
      trapFocus
      width={248}
      position="bottom-start"
      onChange={() => onClose(true)}
    >
      <Popover.Target>
        <Anchor />
      </Popover.Target>
      <Popover.Dropdown>
        <FilterEditor
          type={type}
          field={field}
          filters={[]}
          onDone={(filters) => {
            onClose(true);
            deeds.filter(filters);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Everything that can be done with a column. */
export function HeadMenu({ column, deeds, fit, onClose }: Props) {
  const { t } = useTranslation('grid');
  const type = useListView()?.type;
  const own = useOwnFields(type ?? 'team');
  const [filtering, setFiltering] = useState(false);
  if (!type) return null;
  if (filtering) return <FilterHere type={type} column={column} deeds={deeds} onClose={onClose} />;
  const { key, label } = column;
  const filterable = filterFields(type, own).some((field) => field.key === key);
  const grouped = deeds.grouped === key;
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
        {column.sortable && (
          <>
            <Menu.Item leftSection={sign(IconArrowUp)} onClick={() => done(() => deeds.order(key, 'asc'))}>
              {t('column.up')}
            </Menu.Item>
            <Menu.Item leftSection={sign(IconArrowDown)} onClick={() => done(() => deeds.order(key, 'desc'))}>
              {t('column.down')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        {filterable && (
          <Menu.Item leftSection={sign(IconFilter)} onClick={() => setFiltering(true)}>
            {t('column.filter')}
          </Menu.Item>
        )}
        {(grouped || deeds.canGroup(key)) && (
          <Menu.Item
            leftSection={sign(IconLayoutRows)}
            onClick={() => done(() => deeds.group(grouped ? '' : key))}
          >
            {t(grouped ? 'column.ungroup' : 'column.group')}
          </Menu.Item>
        )}
        {canSum(column) && (
          <Menu.Sub>
            <Menu.Sub.Target>
              <Menu.Sub.Item leftSection={sign(IconSum)}>{t('column.summary')}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown>
              {summaryKinds.map((one) => (
                <Menu.RadioItem
                  key={one}
                  value={one}
                  checked={one === deeds.summaryOf(key)}
                  onChange={() => done(() => deeds.summarize(key, one))}
                >
                  {t(`summary.${one}`)}
                </Menu.RadioItem>
              ))}
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={sign(column.pin === null ? IconPin : IconPinnedOff)}
          onClick={() => done(() => deeds.pin(key, column.pin === null))}
        >
          {t(column.pin === null ? 'column.pin' : 'column.unpin')}
        </Menu.Item>
        <Menu.Item leftSection={sign(IconArrowLeft)} onClick={() => done(() => deeds.move(key, -1))}>
          {t('column.left')}
        </Menu.Item>
        <Menu.Item leftSection={sign(IconArrowRight)} onClick={() => done(() => deeds.move(key, 1))}>
          {t('column.right')}
        </Menu.Item>
        <Menu.Item leftSection={sign(IconArrowAutofitWidth)} onClick={() => done(fit)}>
          {t('column.fit')}
        </Menu.Item>
        {!column.naming && (
          <Menu.Item leftSection={sign(IconEyeOff)} onClick={() => done(() => deeds.hide(key), false)}>
            {t('column.hide')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );

  function done(deed: () => void, back = true): void {
    onClose(back);
    deed();
  }
}
