import {
  IconAffiliate,
  IconAppWindow,
  IconHistory,
  IconId,
  IconLayoutSidebarRight,
  IconLink,
  IconLinkPlus,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { recordIn } from '#shared/address/view.ts';
import type { PanelTab } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Command } from '../../commands/command.ts';
import { openAlone, showPanel } from '../../stores/address.ts';
import { copyText } from '../../ui/clipboard.ts';
import { copyLink } from '../../ui/copyLink.ts';
import { inNetwork, showAround } from '../../stores/network.ts';
import { linkable } from './linkable.ts';

/** The commands that look at one record of a list and change nothing; they are greyed without one. `gone`: the list is of deleted records. */
export function aboutOne(
  t: TFunction<'commands'>,
  one: EntityRecord | undefined,
  { type, gone }: { type: EntityType; gone: boolean },
): Command[] {
  const base = { group: 'record', enabled: one !== undefined } as const;
  const tab = (next: PanelTab) => () => {
    if (one) showPanel({ kind: 'record', id: one.id, tab: next });
  };
  return [
    {
      ...base,
      id: 'record.open',
      label: t('record.open'),
      shortcut: 'shift+Enter',
      local: true,
      icon: IconLayoutSidebarRight,
      run: tab('details'),
    },
    {
      ...base,
      id: 'record.openAlone',
      label: t('record.openAlone'),
      shortcut: 'Enter',
      local: true,
      icon: IconAppWindow,
      run: () => one && openAlone(one.type, one.id),
    },
    {
      ...base,
      id: 'record.links',
      label: t('record.links'),
      enabled: base.enabled && linkable(type),
      icon: IconLink,
      run: tab('links'),
    },
    {
      ...base,
      id: 'record.around',
      label: t('record.around'),
      enabled: base.enabled && !gone && inNetwork(type),
      icon: IconAffiliate,
      run: () => one && showAround(one.id),
    },
    { ...base, id: 'record.history', label: t('record.history'), icon: IconHistory, run: tab('history') },
    {
      ...base,
      id: 'record.copyId',
      label: t('record.copyId'),
      icon: IconId,
      run: () => one && copyText(one.id),
    },
    {
      ...base,
      id: 'record.copyLink',
      label: t('record.copyLink'),
      icon: IconLinkPlus,
      run: () => one && copyLink({ ...recordIn(type, one.id), deleted: gone ? 'only' : 'without' }),
    },
  ];
}
