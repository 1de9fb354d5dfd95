import { Button } from '@mantine/core';
import {
  IconCopy,
  IconDownload,
  IconLinkPlus,
  IconPencilCog,
  IconRestore,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import type { MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityType } from '#shared/domain/types.ts';
import { run, useCommand } from '../../commands/registry.ts';
import { useMe } from '../../stores/profile.ts';
import type { IconType } from '../../ui/icons.ts';
import { whyNotNew } from './data/mayChange.ts';
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
  /** Why it cannot be done now, where that is not plain to see. */
  why?: string | undefined;
}

function Deed({ id, icon: Icon, text, why }: DeedProps) {
  const command = useCommand(id);
  if (!command) return null;
  const disabled = command.enabled === false;
  // What says why it cannot be done has to be found by pointer and keyboard.
  const quiet = disabled && why !== undefined;
  return (
    <Button
      variant="default"
      leftSection={<Icon size={16} stroke={1.6} />}
      disabled={disabled && !quiet}
      {...(quiet ? { 'aria-disabled': true, 'data-disabled': true } : {})}
      aria-label={text}
      title={quiet ? why : command.label}
      // The focus stays where the person works.
      onMouseDown={(event) => quiet && event.preventDefault()}
      onClick={(event) => {
        if (quiet) return;
        backToRows(event);
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
  const { t } = useTranslation(['grid', 'common']);
  const grid = useGridStore();
  const links = !deleted && linkable(type);
  const noLinks = whyNotNew(useMe(), 'interface');
  const hidden = [
    ...(folded > 2 && links ? ['record.linkThese'] : []),
    ...(folded > 0 ? [...(deleted ? [] : ['record.copyRows']), 'list.export'] : []),
  ];
  return (
    <div className="list-actions">
      <output className="list-picked num">{text}</output>
      {deleted ? (
        <Deed id="record.restore" icon={IconRestore} text={t('grid:restore')} />
      ) : (
        <Deed id="record.editMany" icon={IconPencilCog} text={t('grid:editMany')} />
      )}
      {folded < 3 && links && (
        <Deed
          id="record.linkThese"
          icon={IconLinkPlus}
          text={t('grid:linkThese')}
          why={noLinks ?? t('grid:linkTheseWhy')}
        />
      )}
      {folded === 0 && !deleted && <Deed id="record.copyRows" icon={IconCopy} text={t('common:copy')} />}
      {!deleted && <Deed id="record.delete" icon={IconTrash} text={t('grid:delete')} />}
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
