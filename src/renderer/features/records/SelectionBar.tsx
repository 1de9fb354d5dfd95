import { Button } from '@mantine/core';
import {
  IconCopy,
  IconDownload,
  IconHistory,
  IconLinkPlus,
  IconPencilCog,
  IconRestore,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityType } from '#shared/domain/types.ts';
import { greyed } from '../../commands/greyed.ts';
import { run, useCommand } from '../../commands/registry.ts';
import { inPast } from '../../stores/target.ts';
import type { IconType } from '../../ui/icons.ts';
import { letGo, useGridStore } from './grid/state.ts';
import { linkable } from './linkable.ts';
import { MoreTools } from './toolbar/MoreTools.tsx';

/** The buttons go with the selection: the focus goes back to the rows before they do. */
function backToRows({ currentTarget }: MouseEvent<HTMLElement>): void {
  currentTarget.closest('.list-main')?.querySelector<HTMLElement>('.grid')?.focus();
}

interface DeedProps {
  id: string;
  icon: IconType;
  text: string;
  /** Why it cannot be done now, where that is not plain to see and the command does not say it. */
  why?: string;
}

function Deed({ id, icon: Icon, text, why }: DeedProps) {
  const command = useCommand(id);
  if (!command) return null;
  const look = greyed(command, command.label, command.why ?? why);
  const quiet = look['aria-disabled'] === true;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={16} stroke={1.6} />}
      {...look}
      aria-label={text}
      // The focus stays where the person works.
      onMouseDown={(event) => quiet && event.preventDefault()}
      onClick={(event) => {
        if (!quiet) backToRows(event);
        run(id);
      }}
    >
      {text}
    </Button>
  );
}

interface Props {
  type: EntityType;
  /** How many are selected, in words. */
  text: string;
  /** How much waits behind the dots: what is seldom needed; the cross loses its word; then linking too. */
  folded: number;
  deleted: boolean;
}

/** How many records are picked, and what can be done with them. Each button has its place, whatever is picked. */
export function SelectionBar({ type, text, folded, deleted }: Props) {
  const { t } = useTranslation(['grid', 'common', 'past']);
  const grid = useGridStore();
  const past = inPast();
  const links = !deleted && !past && linkable(type);
  const hidden = [
    ...(folded > 2 && links ? ['record.linkThese'] : []),
    ...(folded > 0 ? [...(deleted ? [] : ['record.copyRows']), 'list.export'] : []),
  ];
  return (
    <div className="list-actions">
      <output className="list-picked num">{text}</output>
      {past && <Deed id="record.asThen" icon={IconHistory} text={t('past:restore.one')} />}
      {!past && deleted && <Deed id="record.restore" icon={IconRestore} text={t('grid:restore')} />}
      {!past && !deleted && <Deed id="record.editMany" icon={IconPencilCog} text={t('grid:editMany')} />}
      {folded < 3 && links && (
        <Deed
          id="record.linkThese"
          icon={IconLinkPlus}
          text={t('grid:linkThese')}
          why={t('grid:linkTheseWhy')}
        />
      )}
      {folded === 0 && !deleted && <Deed id="record.copyRows" icon={IconCopy} text={t('common:copy')} />}
      {!past && !deleted && <Deed id="record.delete" icon={IconTrash} text={t('grid:delete')} />}
      {folded === 0 && <Deed id="list.export" icon={IconDownload} text={t('grid:export')} />}
      <MoreTools ids={hidden} />
      <Button
        variant="subtle"
        color="gray"
        {...(folded > 1 ? { px: 6, title: t('common:clear') } : {})}
        aria-label={t('common:clear')}
        onClick={(event) => {
          backToRows(event);
          letGo(grid);
        }}
      >
        <IconX size={16} stroke={1.6} />
        {folded < 2 && <span className="list-clear">{t('common:clear')}</span>}
      </Button>
    </div>
  );
}
