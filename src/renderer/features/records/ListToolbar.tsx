import { Button } from '@mantine/core';
import { IconAffiliate, IconArchive, IconDownload, IconPlus, IconRestore } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { greyed } from '../../commands/greyed.ts';
import { run, useCommand } from '../../commands/registry.ts';
import { typeNames } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import { useExportCommand } from './useExportCommand.ts';
import { ViewTitle } from '../views/ViewTitle.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import { FilterBox } from './filters/FilterBox.tsx';
import { FilterChips } from './filters/FilterChips.tsx';
import { pickedCount, useGrid } from './grid/state.ts';
import type { Columns } from './grid/useColumns.ts';
import { GroupMenu } from './GroupMenu.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { MoreTools } from './toolbar/MoreTools.tsx';
import { ToolButton } from './toolbar/ToolButton.tsx';
import { useArrangement } from './toolbar/useArrangement.ts';

interface Props {
  view: ListView;
  columns: Columns;
  searchRef: RefObject<HTMLInputElement | null>;
  filtering: boolean;
  onFiltering: (opened: boolean) => void;
  /** Somebody has come to the search by its keys. */
  seeking: boolean;
  /** Takes the focus from the search to the rows. */
  onRows: () => void;
  /** How many records are shown, and how many there are; null until that is known. */
  matched: number | null;
  total: number | null;
  /** Its width in px; 0 while that is not known. */
  room: number;
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
  return (
    <ViewTitle name={name}>{counts !== '' && <span className="list-count num">{counts}</span>}</ViewTitle>
  );
}

/** Brings back the record that the cursor is on, by its name. */
function RestoreButton({ text }: { text: string }) {
  const command = useCommand('record.restore');
  return (
    <Button
      className="list-restore"
      // What the cursor is on is no choice: the main button is that of what is ticked.
      variant="default"
      leftSection={<IconRestore size={16} stroke={1.6} />}
      {...greyed(command, text)}
      onClick={() => run('record.restore')}
    >
      <span className="cut">{text}</span>
    </Button>
  );
}

function NewButton({ type }: { type: EntityType }) {
  const { t } = useTranslation('grid');
  const fresh = useCommand('record.new');
  return (
    <Button
      leftSection={<IconPlus size={16} stroke={1.8} />}
      {...greyed(fresh)}
      onClick={() => run('record.new')}
    >
      {t(`new.${type}`)}
    </Button>
  );
}

/** Where the list leads, and what is made of it; what there is no room for waits behind the dots. */
function Deeds({ view, folded, restoring }: { view: ListView; folded: number; restoring: string }) {
  const { t } = useTranslation('grid');
  const gone = view.deleted === 'only';
  const network = useCommand('list.network')?.enabled === true;
  const deleted = (
    <ToolButton
      id="list.deleted"
      icon={IconArchive}
      text={t('deleted')}
      label={t('showDeleted')}
      title={t('deletedTip')}
      pressed={gone}
    />
  );
  const others = [...(network ? ['list.network'] : []), 'list.export'];
  return (
    <div className="list-actions">
      {(folded === 0 || gone) && deleted}
      {folded === 0 && network && <ToolButton id="list.network" icon={IconAffiliate} text={t('network')} />}
      {folded === 0 && <ToolButton id="list.export" icon={IconDownload} text={t('export')} />}
      {folded > 0 && <MoreTools ids={gone ? others : ['list.deleted', ...others]} />}
      {gone ? <RestoreButton text={restoring} /> : <NewButton type={view.type} />}
    </div>
  );
}

/** The line above a grid: what it shows, how it is narrowed, and the way to a new record. */
export function ListToolbar(props: Props) {
  const { t } = useTranslation('grid');
  const { view, columns, searchRef, filtering, onFiltering, seeking, onRows, matched, total, room } = props;
  const gone = view.deleted === 'only';
  useExportCommand({ view, columns, matched });
  const picked = useGrid((state) => pickedCount(state, matched));
  const all = useGrid(({ allBut }) => allBut?.size === 0);
  const restore = useCommand('record.restore');
  const restoring = restore?.enabled ? restore.label : t('restore');
  const pickedText = t(all ? 'selectedAll' : 'selected', { count: picked });
  const { lines, folded, short, narrowing, title, selecting, whole } = useArrangement({
    view,
    room,
    total,
    picked,
    pickedText,
    restoring: restoring.slice(0, 36),
    sought: seeking || filtering,
  });
  return (
    <header
      className="list-toolbar"
      data-lines={lines}
      data-known={room > 0 || undefined}
      data-short={short || undefined}
      data-whole={whole || undefined}
    >
      {title && <Title view={view} matched={matched} total={total} />}
      <div className="list-narrowing" hidden={!narrowing}>
        <FilterBox view={view} searchRef={searchRef} onRows={onRows} short={short} />
        <FilterChips view={view} filtering={filtering} onFiltering={onFiltering} />
      </div>
      {selecting ? (
        <SelectionBar type={view.type} text={pickedText} folded={folded} deleted={gone} />
      ) : (
        <>
          <div className="list-arrange">
            {!gone && <GroupMenu view={view} />}
            <ColumnsMenu columns={columns} />
          </div>
          <Deeds view={view} folded={folded} restoring={restoring} />
        </>
      )}
    </header>
  );
}
