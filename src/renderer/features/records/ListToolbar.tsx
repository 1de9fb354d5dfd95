import { Button, TextInput } from '@mantine/core';
import { IconArchive, IconPlus, IconRestore, IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import { run, useCommand } from '../../commands/registry.ts';
import { adjustList } from '../../stores/address.ts';
import { typeNames } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FilterChip } from './filters/FilterChip.tsx';
import { FilterMenu } from './filters/FilterMenu.tsx';
import { replaced } from './filters/model.ts';
import { useGrid } from './grid/state.ts';
import type { Columns } from './grid/useColumns.ts';
import { SelectionBar } from './SelectionBar.tsx';

interface Props {
  view: ListView;
  columns: Columns;
  searchRef: RefObject<HTMLInputElement | null>;
  filtering: boolean;
  onFiltering: (opened: boolean) => void;
  /** Takes the focus from the search to the rows. */
  onRows: () => void;
  /** How many records are shown, and how many there are; null until that is known. */
  matched: number | null;
  total: number | null;
}

/** How long after the last key the list is searched, in milliseconds. */
const rest = 120;

/** The words that titles must contain. What is typed shows at once; the list follows a moment later. */
function SearchBox({ view, searchRef, onRows }: Pick<Props, 'view' | 'searchRef' | 'onRows'>) {
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
        if (event.key === 'Escape' && text !== '') {
          event.stopPropagation();
          setText('');
        } else if ((event.key === 'Enter' || event.key === 'ArrowDown') && !event.nativeEvent.isComposing) {
          event.preventDefault();
          onRows();
        }
      }}
    />
  );
}

/** What the list is called; while it is narrowed it says to how many. */
function Title({ view, matched, total }: Pick<Props, 'view' | 'matched' | 'total'>) {
  const { t } = useTranslation('grid');
  const { type, deleted, search, filters } = view;
  const narrowed = search !== '' || filters.length > 0;
  const counts =
    narrowed && matched !== null && total !== null
      ? t('some', { shown: numberText(matched), all: numberText(total) })
      : '';
  const name = deleted === 'only' ? t(`deletedTitle.${type}`) : narrowed ? typeNames(type) : t(`all.${type}`);
  return <h1 className="cut">{[name, counts].filter((part) => part !== '').join(' · ')}</h1>;
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
export function ListToolbar(props: Props) {
  const { t } = useTranslation('grid');
  const { view, columns, searchRef, filtering, onFiltering, onRows, matched, total } = props;
  const { type, filters, deleted } = view;
  const onlyDeleted = deleted === 'only';
  const picked = useGrid((grid) => grid.picked.size);
  return (
    <header className="list-toolbar">
      <Title view={view} matched={matched} total={total} />
      <SearchBox view={view} searchRef={searchRef} onRows={onRows} />
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
      {picked > 0 ? (
        <SelectionBar count={picked} deleted={onlyDeleted} />
      ) : (
        <div className="list-actions">
          <Button
            variant={onlyDeleted ? 'light' : 'subtle'}
            color={onlyDeleted ? 'accent' : 'gray'}
            className="tool-button"
            aria-pressed={onlyDeleted}
            aria-label={t('showDeleted')}
            title={t('deletedTip')}
            leftSection={<IconArchive size={16} stroke={1.6} />}
            onClick={() => run('list.deleted')}
          >
            {t('deleted')}
          </Button>
          <ColumnsMenu columns={columns} />
          {onlyDeleted && <RestoreButton />}
          {!onlyDeleted && (
            <Button leftSection={<IconPlus size={16} stroke={1.8} />} onClick={() => run('record.new')}>
              {t(`new.${type}`)}
            </Button>
          )}
        </div>
      )}
    </header>
  );
}
