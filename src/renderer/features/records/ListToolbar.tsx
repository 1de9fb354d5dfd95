import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconAffiliate,
  IconArchive,
  IconCopy,
  IconDots,
  IconDownload,
  IconHistory,
  IconLayoutRows,
  IconLinkPlus,
  IconPencilCog,
  IconPlus,
  IconRestore,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { Fragment } from 'react';
import type { MouseEvent, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { CommandItem } from '../../commands/CommandItem.tsx';
import type { IconType } from '../../ui/icons.ts';
import { useCommand, run } from '../../commands/registry.ts';
import { QuietButton } from '../../ui/QuietButton.tsx';
import { groupFieldOf, groupFields } from './filters/model.ts';
import { useOwnFields } from './custom-fields.ts';
import { fieldName, typeNames, inSentence } from '../../text/names.ts';
import { adjustList } from '../../stores/address.ts';
import { greyed } from '../../commands/greyed.ts';
import { useGridStore, letGo, useGrid, pickedCount } from './grid/state.ts';
import { inPast } from '../../stores/target.ts';
import { linkable } from './linking/links.ts';
import { numberText } from '../../text/values.ts';
import { ViewTitle } from '../views/ViewTitle.tsx';
import type { Columns } from './grid/useColumns.ts';
import { useExportCommand } from './useListCommands.ts';
import { FilterBox } from './filters/FilterBox.tsx';
import { FilterMenu } from './filters/FilterMenu.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FilterChips } from './filters/FilterChips.tsx';

/** Commands that the toolbar has no room for; shown only where the list is narrow. */
function MoreTools({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('grid');
  return (
    <span className="when-narrow">
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon c="var(--text-2)" aria-label={t('moreTools')} title={t('moreTools')}>
            <IconDots size={18} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {ids.map((id) => (
            <CommandItem key={id} id={id} />
          ))}
        </Menu.Dropdown>
      </Menu>
    </span>
  );
}

interface ToolProps {
  id: string;
  icon: IconType;
  text: string;
  label?: string;
  pressed?: boolean;
}

function ToolButton({ id, icon, text, label = text, pressed }: ToolProps) {
  const command = useCommand(id);
  return (
    <QuietButton
      icon={icon}
      pressed={pressed}
      aria-label={label}
      title={command?.label ?? label}
      disabled={command?.enabled === false}
      onClick={() => run(id)}
    >
      {text}
    </QuietButton>
  );
}

function GroupMenu({ view }: { view: ListView }) {
  const { t } = useTranslation(['grid', 'own']);
  const field = groupFieldOf(view);
  const fields = groupFields(view.type, useOwnFields(view.type));
  const label = field ? t('grid:group.by', { field: fieldName(field.key) }) : t('grid:group.button');
  const item = (key: string, name: string) => (
    <Menu.RadioItem
      value={key}
      checked={(field?.key ?? '') === key}
      closeMenuOnClick
      onChange={() => adjustList({ group: key })}
    >
      {name}
    </Menu.RadioItem>
  );
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <QuietButton icon={IconLayoutRows} pressed={field !== null} aria-label={label} title={label}>
          {field ? t('grid:group.short', { field: fieldName(field.key) }) : t('grid:group.button')}
        </QuietButton>
      </Menu.Target>
      <Menu.Dropdown className="columns-menu">
        <Menu.Label>{t('grid:group.heading')}</Menu.Label>
        {item('', t('grid:group.nothing'))}
        {fields.map(({ key, own }, index) => (
          <Fragment key={key}>
            {own && !fields[index - 1]?.own && <Menu.Label>{t('own:heading')}</Menu.Label>}
            {item(key, fieldName(key))}
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

interface SelectionProps {
  id: string;
  icon: IconType;
  text: string;
  /** Why it cannot be done now, where the command does not say it. */
  why?: string;
}

/** The buttons go with the selection: the focus goes back to the rows before they do. */
function focusRows({ currentTarget }: MouseEvent<HTMLElement>): void {
  currentTarget.closest('.list-main')?.querySelector<HTMLElement>('.grid')?.focus();
}

function SelectionButton({ id, icon: Icon, text, why }: SelectionProps) {
  const command = useCommand(id);
  if (!command) return null;
  const look = greyed(command, command.label, command.why ?? why);
  const isGreyed = look['aria-disabled'] === true;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={16} stroke={1.6} />}
      {...look}
      aria-label={text}
      onMouseDown={(event) => isGreyed && event.preventDefault()}
      onClick={(event) => {
        if (!isGreyed) focusRows(event);
        run(id);
      }}
    >
      {text}
    </Button>
  );
}

function SelectionBar({ type, text, deleted }: { type: EntityType; text: string; deleted: boolean }) {
  const { t } = useTranslation(['grid', 'common', 'past']);
  const grid = useGridStore();
  const isPast = inPast();
  const canLink = !deleted && !isPast && linkable(type);
  return (
    <div className="list-actions">
      <output className="list-picked num">{text}</output>
      {isPast && <SelectionButton id="record.asThen" icon={IconHistory} text={t('past:restore.one')} />}
      {!isPast && deleted && (
        <SelectionButton id="record.restore" icon={IconRestore} text={t('grid:restore')} />
      )}
      {!isPast && !deleted && (
        <>
          <SelectionButton id="record.editMany" icon={IconPencilCog} text={t('grid:editMany')} />
          <SelectionButton id="record.delete" icon={IconTrash} text={t('grid:delete')} />
        </>
      )}
      <span className="when-wide">
        {canLink && (
          <SelectionButton
            id="record.linkThese"
            icon={IconLinkPlus}
            text={t('grid:linkThese')}
            why={t('grid:linkTheseWhy')}
          />
        )}
        {!deleted && <SelectionButton id="record.copyRows" icon={IconCopy} text={t('common:copy')} />}
        <SelectionButton id="list.export" icon={IconDownload} text={t('grid:export')} />
      </span>
      <MoreTools
        ids={[
          ...(canLink ? ['record.linkThese'] : []),
          ...(deleted ? [] : ['record.copyRows']),
          'list.export',
        ]}
      />
      <ActionIcon
        aria-label={t('common:clear')}
        title={t('common:clear')}
        onClick={(event) => {
          focusRows(event);
          letGo(grid);
        }}
      >
        <IconX size={16} stroke={1.6} />
      </ActionIcon>
    </div>
  );
}

interface TitleProps {
  view: ListView;
  /** How many records are shown, and how many there are; null until that is known. */
  matched: number | null;
  total: number | null;
}

function Title({ view, matched, total }: TitleProps) {
  const { t } = useTranslation('grid');
  const { type, deleted, search, filters } = view;
  const isNarrowed = search !== '' || filters.length > 0;
  const counts =
    isNarrowed && matched !== null && total !== null
      ? t('some', { shown: numberText(matched), all: numberText(total) })
      : '';
  const name =
    deleted === 'only'
      ? t('deletedTitle', { types: inSentence(typeNames(type)) })
      : isNarrowed
        ? typeNames(type)
        : t(`all.${type}`);
  return (
    <ViewTitle name={name}>{counts !== '' && <span className="list-count num">{counts}</span>}</ViewTitle>
  );
}

function ListActions({ view }: { view: ListView }) {
  const { t } = useTranslation('grid');
  const isDeleted = view.deleted === 'only';
  const fresh = useCommand('record.new');
  const restore = useCommand('record.restore');
  const restoreText = restore?.enabled ? restore.label : t('restore');
  const hasNetwork = useCommand('list.network')?.enabled === true;
  return (
    <div className="list-actions">
      <span className={isDeleted ? undefined : 'when-wide'}>
        <ToolButton
          id="list.deleted"
          icon={IconArchive}
          text={t('deleted')}
          label={t('showDeleted')}
          pressed={isDeleted}
        />
      </span>
      <span className="when-wide">
        {hasNetwork && <ToolButton id="list.network" icon={IconAffiliate} text={t('network')} />}
        <ToolButton id="list.export" icon={IconDownload} text={t('export')} />
      </span>
      <MoreTools
        ids={[...(isDeleted ? [] : ['list.deleted']), ...(hasNetwork ? ['list.network'] : []), 'list.export']}
      />
      {isDeleted ? (
        <Button
          className="list-restore"
          variant="default"
          leftSection={<IconRestore size={16} stroke={1.6} />}
          {...greyed(restore, restoreText)}
          onClick={() => run('record.restore')}
        >
          <span className="cut">{restoreText}</span>
        </Button>
      ) : (
        <Button
          leftSection={<IconPlus size={16} stroke={1.8} />}
          {...greyed(fresh)}
          onClick={() => run('record.new')}
        >
          {t(`new.${view.type}`)}
        </Button>
      )}
    </div>
  );
}

interface Props extends TitleProps {
  columns: Columns;
  searchRef: RefObject<HTMLInputElement | null>;
  filtering: boolean;
  onFiltering: (opened: boolean) => void;
  seeking: boolean;
  onRows: () => void;
}

/** The lines above a grid: what it shows, how it is narrowed and arranged, and what can be done. */
export function ListToolbar(props: Props) {
  const { t } = useTranslation('grid');
  const { view, columns, searchRef, filtering, onFiltering, seeking, onRows, matched, total } = props;
  const isDeleted = view.deleted === 'only';
  useExportCommand({ view, columns, matched });
  const count = useGrid((state) => pickedCount(state, matched));
  const isAll = useGrid(({ allBut }) => allBut?.size === 0);
  return (
    <>
      <header
        className="list-toolbar"
        data-selecting={count > 0 || undefined}
        data-seeking={seeking || filtering || undefined}
      >
        <Title view={view} matched={matched} total={total} />
        <div className="list-narrowing">
          <FilterBox view={view} searchRef={searchRef} onRows={onRows} />
          <FilterMenu
            type={view.type}
            opened={filtering}
            onOpened={onFiltering}
            onAdd={(added) => adjustList({ filters: [...view.filters, ...added] })}
          />
        </div>
        {count > 0 ? (
          <SelectionBar
            type={view.type}
            text={t(isAll ? 'selectedAll' : 'selected', { count })}
            deleted={isDeleted}
          />
        ) : (
          <>
            <div className="list-arrange">
              {!isDeleted && <GroupMenu view={view} />}
              <ColumnsMenu columns={columns} />
            </div>
            <ListActions view={view} />
          </>
        )}
      </header>
      <FilterChips view={view} />
    </>
  );
}
