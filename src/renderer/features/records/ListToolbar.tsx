import { Button, TextInput } from '@mantine/core';
import { IconPlus, IconRestore, IconSearch, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import { run, useCommand } from '../../commands/registry.ts';
import { adjustList } from '../../stores/address.ts';
import { typeNames } from '../../text/names.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FilterChip } from './filters/FilterChip.tsx';
import { FilterMenu } from './filters/FilterMenu.tsx';
import { replaced } from './filters/model.ts';
import type { Columns } from './grid/useColumns.ts';

interface Props {
  view: ListView;
  columns: Columns;
  searchRef: RefObject<HTMLInputElement | null>;
  filtering: boolean;
  onFiltering: (opened: boolean) => void;
}

/** How long after the last key the list is searched, in milliseconds. */
const rest = 120;

/** The words that titles must contain. What is typed shows at once; the list follows a moment later. */
function SearchBox({ view, searchRef }: Pick<Props, 'view' | 'searchRef'>) {
  const { t } = useTranslation('grid');
  const [text, setText] = useState(view.search);
  const sent = useRef(view.search);
  useEffect(() => {
    // The address changed by other means than typing here.
    if (view.search !== sent.current) {
      sent.current = view.search;
      setText(view.search);
    }
  }, [view.search]);
  useEffect(() => {
    if (text === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text;
      adjustList({ search: text });
    }, rest);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <TextInput
      ref={searchRef}
      className="list-search"
      type="search"
      aria-label={t('searchIn', { what: typeNames(view.type).toLowerCase() })}
      placeholder={t('searchIn', { what: typeNames(view.type).toLowerCase() })}
      leftSection={<IconSearch size={15} stroke={1.6} />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || text === '') return;
        event.stopPropagation();
        setText('');
      }}
    />
  );
}

/** Brings back what is picked, or what the cursor is on. */
function RestoreButton() {
  const { t } = useTranslation('grid');
  const command = useCommand('record.restore');
  return (
    <Button
      leftSection={<IconRestore size={16} stroke={1.6} />}
      disabled={!command?.enabled}
      title={command?.label ?? ''}
      onClick={() => run('record.restore')}
    >
      {t('restore')}
    </Button>
  );
}

/** The line above a grid: what it shows, how it is narrowed, and the way to a new record. */
export function ListToolbar({ view, columns, searchRef, filtering, onFiltering }: Props) {
  const { t } = useTranslation('grid');
  const { type, filters, deleted } = view;
  const onlyDeleted = deleted === 'only';
  return (
    <header className="list-toolbar">
      <h1 className="cut">{t(onlyDeleted ? `deletedTitle.${type}` : `all.${type}`)}</h1>
      <SearchBox view={view} searchRef={searchRef} />
      <div className="list-chips">
        {filters.map((filter, index) => (
          <FilterChip
            key={`${index}/${filter.field}`}
            type={type}
            filter={filter}
            onChange={(next) => adjustList({ filters: replaced(filters, index, next) })}
          />
        ))}
        <FilterMenu
          type={type}
          opened={filtering}
          onOpened={onFiltering}
          onAdd={(filter) => adjustList({ filters: [...filters, filter] })}
        />
      </div>
      <div className="list-actions">
        <Button
          variant={onlyDeleted ? 'light' : 'subtle'}
          color={onlyDeleted ? 'accent' : 'gray'}
          className="tool-button"
          aria-pressed={onlyDeleted}
          aria-label={t('showDeleted')}
          title={t('deletedTip')}
          leftSection={<IconTrash size={16} stroke={1.6} />}
          onClick={() => run('list.deleted')}
        >
          <span className="tool-word">{t('deleted')}</span>
        </Button>
        <ColumnsMenu columns={columns} />
        {onlyDeleted && <RestoreButton />}
        {!onlyDeleted && (
          <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => run('record.new')}>
            {t(`new.${type}`)}
          </Button>
        )}
      </div>
    </header>
  );
}
