import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconLayoutRows, IconX } from '@tabler/icons-react';
import { Fragment } from 'react';
import type { MouseEvent, RefObject } from 'react';
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

function MoreTools({ ids }: { ids: readonly string[] }) {
  const { t } = useTexts('grid');
  return (
    <span className="when-narrow">
      <Menu position="bottom-end">
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

/** The buttons disappear with the selection, so the rows take the focus first. */
function focusRows({ currentTarget }: MouseEvent<HTMLElement>): void {
  currentTarget.closest('.list-main')?.querySelector<HTMLElement>('.grid')?.focus();
}

function SelectionBar({ type, text, isDeleted }: { type: EntityType; text: string; isDeleted: boolean }) {
  const { t } = useTexts('grid');
  const grid = useGridStore();
  const isPast = inPast();
  const canLink = !isDeleted && !isPast && isLinkable(type);
  return (
    <div className="push list-actions">
      <output className="list-picked num">{text}</output>
      {isPast && (
        <CommandButton hasIcon id="record.asThen" text={t('past:restore.one')} onBeforeRun={focusRows} />
      )}
      {!isPast && isDeleted && (
        <CommandButton
          hasIcon
          id="record.restore"
          text={t('commands:record.restore')}
          onBeforeRun={focusRows}
        />
      )}
      {!isPast && !isDeleted && (
        <>
          <CommandButton
            hasIcon
            id="record.editMany"
            text={`${t('commands:group.edit')}…`}
            onBeforeRun={focusRows}
          />
          <CommandButton
            hasIcon
            id="record.delete"
            text={t('commands:record.delete')}
            onBeforeRun={focusRows}
          />
        </>
      )}
      <span className="when-wide">
        {canLink && (
          <CommandButton
            hasIcon
            id="record.linkThese"
            text={t('grid:linkThese')}
            why={t('grid:linkTheseWhy')}
            onBeforeRun={focusRows}
          />
        )}
        {!isDeleted && !isPast && (
          <CommandButton
            hasIcon
            id="record.merge"
            text={t('merge:short')}
            why={t('merge:why', { most: maxMergedRecords })}
            onBeforeRun={focusRows}
          />
        )}
        {!isDeleted && (
          <CommandButton hasIcon id="record.copyRows" text={t('common:copy')} onBeforeRun={focusRows} />
        )}
        <CommandButton hasIcon id="list.export" text={t('grid:export')} onBeforeRun={focusRows} />
      </span>
      <MoreTools
        ids={[
          ...(canLink ? ['record.linkThese'] : []),
          ...(isDeleted || isPast ? [] : ['record.merge']),
          ...(isDeleted ? [] : ['record.copyRows']),
          'list.export',
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
  /** The number of shown records; `total` is the number of all. Both are null until known. */
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

function ListActions({ view }: { view: ListView }) {
  const { t } = useTexts('grid');
  const isDeleted = view.deleted === 'only';
  const hasNetwork = useCommand('list.network')?.enabled === true;
  const isLinks = view.type === 'interface' && !isDeleted;
  const isContacts = view.type === 'contact' && !isDeleted;
  const isDocuments = view.type === 'document' && !isDeleted;
  return (
    <div className="push list-actions">
      <span className={isDeleted ? undefined : 'when-wide'}>
        <CommandButton
          quiet
          id="list.deleted"
          text={t('grid:deleted')}
          ariaLabel={t('commands:list.deleted')}
        />
      </span>
      <span className="when-wide">
        {hasNetwork && <CommandButton quiet id="list.network" text={t('compare:as.network')} />}
        {isLinks && <CommandButton quiet id="go.confirm" text={t('grid:confirm')} />}
        {isContacts && <CommandButton quiet id="go.evidence" text={t('contacts:open')} />}
        {isDocuments && <CommandButton quiet id="list.attach" />}
        {isDocuments && <CommandButton quiet id="go.comment" text={typeNames('comment')} />}
        <CommandButton quiet id="list.export" text={t('grid:export')} />
      </span>
      <MoreTools
        ids={[
          ...(isLinks ? ['go.confirm'] : []),
          ...(isContacts ? ['go.evidence'] : []),
          ...(isDocuments ? ['list.attach', 'go.comment'] : []),
          ...(isDeleted ? [] : ['list.deleted']),
          ...(hasNetwork ? ['list.network'] : []),
          'list.export',
        ]}
      />
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
  const isAllSelected = useGrid(({ allBut }) => allBut?.size === 0);
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
