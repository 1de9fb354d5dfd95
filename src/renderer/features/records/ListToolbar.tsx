import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLayoutKanban, IconLayoutRows, IconX } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { ComponentProps, MouseEvent, RefObject } from 'react';
import type { ListView } from '#shared/address/view.ts';
import { maxMergedRecords } from '#shared/contract/merge.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { useTexts } from '../../i18n/setup.ts';
import { CommandButton } from '../../commands/CommandButton.tsx';
import { CommandItem } from '../../commands/CommandItem.tsx';
import { useCommand, runCommand } from '../../commands/registry.ts';
import { QuietButton } from '../../ui/QuietButton.tsx';
import { groupFieldOf, groupFields } from './filters/model.ts';
import { useCustomFields } from './custom-fields.ts';
import { fieldName, typeNames, inSentence } from '../../text/names.ts';
import { hasBoard } from './Board.tsx';
import { adjustList } from '../../stores/address.ts';
import { useGridStore, clearSelection, useGrid, pickedCount } from './grid/state.ts';
import { inPast } from '../../stores/target.ts';
import { isLinkable } from './linking/links.ts';
import { numberText } from '../../text/values.ts';
import { ViewTitle } from '../views/ViewTitle.tsx';
import type { Columns } from './grid/useColumns.ts';
import { useExportCommand } from './useListCommands.ts';
import { FilterBox } from './filters/FilterBox.tsx';
import { FilterMenu } from './filters/FilterMenu.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FilterChips } from './filters/FilterChips.tsx';

/** Commands as buttons where there is room, else in a menu. */
function Tools({ tools }: { tools: readonly ComponentProps<typeof CommandButton>[] }) {
  const { t } = useTexts('grid');
  return (
    <>
      <span className="when-wide">
        {tools.map((tool) => (
          <CommandButton key={tool.id} {...tool} />
        ))}
      </span>
      <span className="when-narrow">
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon c="var(--text-2)" aria-label={t('moreTools')} title={t('moreTools')}>
              <IconDots size={18} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {tools.map(({ id }) => (
              <CommandItem key={id} id={id} />
            ))}
          </Menu.Dropdown>
        </Menu>
      </span>
    </>
  );
}

function BoardButton({ view: { layout } }: { view: ListView }) {
  const { t } = useTexts('grid');
  const isBoard = layout === 'board';
  return (
    <QuietButton
      icon={IconLayoutKanban}
      isPressed={isBoard}
      aria-label={t('board.title')}
      title={t('board.title')}
      onClick={() => adjustList({ layout: isBoard ? 'rows' : 'board' })}
    >
      {t('board.button')}
    </QuietButton>
  );
}

function GroupMenu({ view }: { view: ListView }) {
  const { t } = useTexts('grid');
  const field = groupFieldOf(view);
  const fields = groupFields(view.type, useCustomFields(view.type));
  const label = field ? t('grid:group.by', { field: fieldName(field.key) }) : t('grid:group.button');
  const renderItem = (key: string, name: string) => (
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
    <Menu position="bottom-end">
      <Menu.Target>
        <QuietButton icon={IconLayoutRows} isPressed={field !== null} aria-label={label} title={label}>
          {field ? t('grid:group.short', { field: fieldName(field.key) }) : t('grid:group.button')}
        </QuietButton>
      </Menu.Target>
      <Menu.Dropdown className="columns-menu">
        <Menu.Label>{t('grid:group.heading')}</Menu.Label>
        {renderItem('', t('grid:group.nothing'))}
        {fields.map(({ key, own }, index) => (
          <Fragment key={key}>
            {own && !fields[index - 1]?.own && <Menu.Label>{t('network:fieldsOf.own')}</Menu.Label>}
            {renderItem(key, fieldName(key))}
          </Fragment>
        ))}
        {field && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => runCommand('list.closeGroups')}>
              {t('commands:list.closeGroups')}
            </Menu.Item>
            <Menu.Item onClick={() => runCommand('list.openGroups')}>
              {t('commands:list.openGroups')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** The buttons of the selection disappear with it, so the rows take the focus first. */
function focusRows({ currentTarget }: MouseEvent<HTMLElement>): void {
  currentTarget.closest('.list-main')?.querySelector<HTMLElement>('.grid')?.focus();
}

function SelectionBar({ type, text, isDeleted }: { type: EntityType; text: string; isDeleted: boolean }) {
  const { t } = useTexts('grid');
  const grid = useGridStore();
  const isPast = inPast();
  const isEditable = !isDeleted && !isPast;
  const tool = (id: string, label: string, why?: string) => ({
    id,
    text: label,
    why,
    hasIcon: true,
    onBeforeRun: focusRows,
  });
  return (
    <div className="push list-actions">
      <output className="list-picked num">{text}</output>
      {isPast && <CommandButton {...tool('record.asThen', t('past:restore.one'))} />}
      {!isPast && isDeleted && <CommandButton {...tool('record.restore', t('commands:record.restore'))} />}
      {isEditable && (
        <>
          <CommandButton {...tool('record.editMany', `${t('commands:group.edit')}…`)} />
          <CommandButton {...tool('record.delete', t('commands:record.delete'))} />
        </>
      )}
      <Tools
        tools={[
          ...(isEditable && isLinkable(type)
            ? [tool('record.linkThese', t('linkThese'), t('linkTheseWhy'))]
            : []),
          ...(isEditable
            ? [tool('record.merge', t('merge:short'), t('merge:why', { most: maxMergedRecords }))]
            : []),
          ...(isDeleted ? [] : [tool('record.copyRows', t('common:copy'))]),
          tool('list.export', t('export')),
        ]}
      />
      <ActionIcon
        aria-label={t('common:clear')}
        title={t('common:clear')}
        onClick={(event) => {
          focusRows(event);
          clearSelection(grid);
        }}
      >
        <IconX size={16} stroke={1.6} />
      </ActionIcon>
    </div>
  );
}

interface TitleProps {
  view: ListView;
  /** The number of matching records; `total` is that without search and filters. Null until known. */
  matched: number | null;
  total: number | null;
}

function Title({ view, matched, total }: TitleProps) {
  const { t } = useTexts('grid');
  const { type, deleted, search, filters } = view;
  const isNarrowed = search !== '' || filters.length > 0;
  const countText =
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
    <ViewTitle name={name}>
      {countText !== '' && <span className="list-count num">{countText}</span>}
    </ViewTitle>
  );
}

/** The commands of lists of one type. */
const typeTools: Partial<Record<EntityType, readonly string[]>> = {
  interface: ['go.confirm'],
  contact: ['go.evidence'],
  document: ['list.attach', 'go.comment'],
  repair: ['list.capture'],
};

function ListActions({ view: { type, deleted } }: { view: ListView }) {
  const { t } = useTexts('grid');
  const isDeleted = deleted === 'only';
  const hasNetwork = useCommand('list.network')?.enabled === true;
  const texts: Readonly<Record<string, string>> = {
    'list.deleted': t('deleted'),
    'list.network': t('compare:as.network'),
    'go.confirm': t('confirm'),
    'go.evidence': t('contacts:open'),
    'go.comment': typeNames('comment'),
    'list.export': t('export'),
  };
  const tool = (id: string) => ({
    id,
    quiet: true,
    ...(texts[id] === undefined ? {} : { text: texts[id] }),
    ...(id === 'list.deleted' ? { ariaLabel: t('commands:list.deleted') } : {}),
  });
  const ids = isDeleted
    ? ['list.export']
    : ['list.deleted', ...(hasNetwork ? ['list.network'] : []), ...(typeTools[type] ?? []), 'list.export'];
  return (
    <div className="push list-actions">
      {isDeleted && <CommandButton {...tool('list.deleted')} />}
      <Tools tools={ids.map(tool)} />
      {isDeleted ? (
        <CommandButton hasIcon id="record.restore" />
      ) : (
        <CommandButton primary hasIcon id="record.new" />
      )}
    </div>
  );
}

interface Props extends TitleProps {
  columns: Columns;
  searchRef: RefObject<HTMLInputElement | null>;
  /** The field of the open filter menu, '' while none is chosen, null while the menu is closed. */
  filterField: string | null;
  onFilterField: (field: string | null) => void;
  isSearching: boolean;
  onFocusRows: () => void;
}

/** The lines above a grid: its title, filters, arrangement and commands. */
export function ListToolbar(props: Props) {
  const { t } = useTexts('grid');
  const { view, columns, searchRef, filterField, onFilterField, isSearching, onFocusRows, matched, total } =
    props;
  const isDeleted = view.deleted === 'only';
  useExportCommand({ view, columns, matched });
  const selectedCount = useGrid((state) => pickedCount(state, matched));
  const isAllSelected = useGrid(({ allExcept }) => allExcept?.size === 0);
  return (
    <>
      <header
        className="list-toolbar"
        data-selecting={selectedCount > 0 || undefined}
        data-seeking={isSearching || filterField !== null || undefined}
      >
        <Title view={view} matched={matched} total={total} />
        <div className="list-narrowing">
          <FilterBox view={view} searchRef={searchRef} onFocusRows={onFocusRows} />
          <FilterMenu
            type={view.type}
            opened={filterField !== null}
            initialField={filterField ?? ''}
            onOpened={(opened) => onFilterField(opened ? '' : null)}
            onAdd={(newFilters) => adjustList({ filters: [...view.filters, ...newFilters] })}
          />
        </div>
        {selectedCount > 0 ? (
          <SelectionBar
            type={view.type}
            text={t(isAllSelected ? 'selectedAll' : 'selected', { count: selectedCount })}
            isDeleted={isDeleted}
          />
        ) : (
          <>
            <div className="list-arrange">
              {hasBoard(view) && <BoardButton view={view} />}
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
