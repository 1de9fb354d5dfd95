import { ActionIcon, Tooltip } from '@mantine/core';
import { IconColumns2, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { run } from '../../commands/registry.ts';
import { shown } from '../../commands/keys.ts';
import { focus, join } from '../../stores/tabs/changes.ts';
import type { Pane } from '../../stores/tabs/layout.ts';
import { change, TabContext } from '../../stores/tabs/store.ts';
import { ViewHost } from '../ViewHost.tsx';
import { tabShortcuts } from './shortcuts.ts';
import { panelElement, tabElement } from './TabItem.tsx';
import { TabStrip } from './TabStrip.tsx';

interface Props {
  pane: Pane;
  /** How many panes there are, and which of them this is, from 0. */
  count: number;
  index: number;
  inFront: boolean;
  /** Share of the width, 0 to 1. */
  share: number;
}

function Split() {
  const { t } = useTranslation('tabs');
  return (
    <Tooltip label={`${t('split')} (${shown(tabShortcuts.split)})`} position="left">
      <ActionIcon aria-label={t('split')} onClick={() => run('tab.split')}>
        <IconColumns2 size={17} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

function Join() {
  const { t } = useTranslation('tabs');
  return (
    <Tooltip label={t('join')} position="left">
      <ActionIcon aria-label={t('join')} onClick={() => change(join)}>
        <IconX size={17} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

/** One pane: its tabs, and what the one in front shows. What is pressed or focused in it makes it the one that keys act on. */
export function PaneView({ pane, count, index, inFront, share }: Props) {
  const { t } = useTranslation('tabs');
  const come = (): void => change((layout) => focus(layout, pane.id));
  const two = count > 1;
  return (
    <div
      className={two ? 'pane pane-one-of-two' : 'pane'}
      data-front={inFront || undefined}
      style={two ? { flexGrow: share, flexBasis: 0 } : undefined}
      onPointerDownCapture={come}
      onFocusCapture={come}
    >
      <TabStrip
        pane={pane}
        label={t(index === 0 ? 'list' : 'listSecond')}
        closable={two || pane.tabs.length > 1}
      >
        {two ? index === 1 && <Join /> : <Split />}
      </TabStrip>
      <TabContext value={pane.active}>
        <ViewHost key={pane.active} id={panelElement(pane.active)} labelledBy={tabElement(pane.active)} />
      </TabContext>
    </div>
  );
}
