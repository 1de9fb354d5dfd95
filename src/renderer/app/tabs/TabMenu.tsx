import { Kbd, Menu } from '@mantine/core';
import {
  IconArrowsExchange,
  IconCopyPlus,
  IconLink,
  IconPin,
  IconPinnedOff,
  IconX,
  IconXboxX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { subjectOf } from '#shared/address/link.ts';
import { shown } from '../../commands/keys.ts';
import { closeOthers, duplicate, moveAcross, pin } from '../../stores/tabs/changes.ts';
import { paneOf, tabAt } from '../../stores/tabs/layout.ts';
import type { Layout } from '../../stores/tabs/layout.ts';
import { change, useTabs } from '../../stores/tabs/store.ts';
import { currentOf } from '../../stores/tabs/trail.ts';
import { copyLink } from '../../ui/copyLink.ts';
import type { IconType } from '../../ui/icons.ts';
import { closeTab } from './closing.ts';
import { tabShortcuts } from './shortcuts.ts';

interface ItemProps {
  label: string;
  icon: IconType;
  shortcut?: string;
  disabled?: boolean;
  onClick: () => void;
}

function Item({ label, icon: Icon, shortcut, disabled = false, onClick }: ItemProps) {
  return (
    <Menu.Item
      disabled={disabled}
      leftSection={<Icon size={15} stroke={1.6} />}
      rightSection={shortcut === undefined ? null : <Kbd>{shown(shortcut)}</Kbd>}
      onClick={onClick}
    >
      {label}
    </Menu.Item>
  );
}

/** What can be done with one tab, whether it is in front or not. */
export function TabMenu({ id }: { id: string }) {
  const { t } = useTranslation('tabs');
  const layout = useTabs();
  const tab = tabAt(layout, id);
  const pane = paneOf(layout, id);
  const alone = pane?.tabs.length === 1;
  const last = alone && layout.panes.length === 1;
  const act = (step: (layout: Layout, id: string) => Layout) => () => change((now) => step(now, id));
  return (
    <>
      <Item
        label={t('close')}
        icon={IconX}
        shortcut={tabShortcuts.close}
        disabled={last}
        onClick={() => closeTab(id)}
      />
      <Item label={t('closeOthers')} icon={IconXboxX} disabled={alone ?? true} onClick={act(closeOthers)} />
      <Menu.Divider />
      <Item label={t('duplicate')} icon={IconCopyPlus} onClick={act(duplicate)} />
      <Item
        label={t(tab.pinned ? 'unpin' : 'pin')}
        icon={tab.pinned ? IconPinnedOff : IconPin}
        onClick={() => change((now) => pin(now, id, !tab.pinned))}
      />
      <Item
        label={t('moveAcross')}
        icon={IconArrowsExchange}
        shortcut={tabShortcuts.moveAcross}
        disabled={last}
        onClick={act(moveAcross)}
      />
      <Menu.Divider />
      <Item
        label={t('copyLink')}
        icon={IconLink}
        shortcut="mod+shift+C"
        onClick={() => copyLink(subjectOf(currentOf(tab).view))}
      />
    </>
  );
}
