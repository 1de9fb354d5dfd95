import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { DragEvent, KeyboardEvent, ReactNode, WheelEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { openTab } from '../../stores/address.ts';
import { focus, move, show } from '../../stores/tabs/changes.ts';
import type { Pane, Tab } from '../../stores/tabs/layout.ts';
import { change } from '../../stores/tabs/store.ts';
import { currentOf } from '../../stores/tabs/trail.ts';
import { closeTab } from './closing.ts';
import { droppedTab, dropIndex, isTabDrag } from './drag.ts';
import { TabItem } from './TabItem.tsx';
import { TabMenu } from './TabMenu.tsx';
import { useTabTitle } from './useTabTitle.ts';

function Entry({ tab, shown }: { tab: Tab; shown: boolean }) {
  const { title, icon: Icon } = useTabTitle(currentOf(tab).view);
  return (
    <Menu.Item
      leftSection={<Icon size={15} stroke={1.6} />}
      className={shown ? 'tab-entry-shown' : ''}
      onClick={() => change((layout) => show(layout, tab.id))}
    >
      {title}
    </Menu.Item>
  );
}

/** All tabs of the pane by name, where they do not fit beside each other. */
function AllTabs({ pane }: { pane: Pane }) {
  const { t } = useTranslation('tabs');
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <ActionIcon aria-label={t('all')} title={t('all')}>
          <IconChevronDown size={16} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className="tab-entries">
        {pane.tabs.map((tab) => (
          <Entry key={tab.id} tab={tab} shown={tab.id === pane.active} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Arrow keys go from tab to tab without showing them, Enter shows, Delete closes all but the only one of the window. */
function onKey(event: KeyboardEvent<HTMLDivElement>, closable: boolean): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const at = tabs.indexOf(event.target as HTMLElement);
  if (at < 0) return;
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (to !== undefined) tabs[(to + tabs.length) % tabs.length]?.focus();
  else if (event.key === 'Delete') {
    const id = tabs[at]?.closest('[data-tab]')?.getAttribute('data-tab') ?? '';
    if (closable) closeTab(id);
    (tabs[at + 1] ?? tabs[at - 1])?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

interface Props {
  pane: Pane;
  label: string;
  /** The only tab of the window stays. */
  closable: boolean;
  /** Buttons at the end of the strip. */
  children: ReactNode;
}

/** The tabs of a pane. They can be dragged to another place, and scroll where there are many. */
export function TabStrip({ pane, label, closable, children }: Props) {
  const { t } = useTranslation('tabs');
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const list = useRef<HTMLDivElement>(null);
  const both = useMergedRef(measured, list);
  const [over, setOver] = useState(false);
  const [menuOf, setMenuOf] = useState(pane.active);
  const [mark, setMark] = useState(-1);
  useEffect(() => {
    const { current } = list;
    // With its width and its tabs changes whether they fit.
    if (current && pane.tabs.length > 0 && width >= 0) setOver(current.scrollWidth > current.clientWidth + 1);
  }, [width, pane.tabs]);
  useEffect(() => {
    const shown = list.current?.querySelector(`[data-tab="${pane.active}"]`);
    if (width >= 0) shown?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pane.active, width]);
  const onDrop = (event: DragEvent<HTMLDivElement>): void => {
    setMark(-1);
    const tab = droppedTab(event);
    if (tab === '') return;
    event.preventDefault();
    event.stopPropagation();
    const index = dropIndex(event.currentTarget, event.clientX);
    const before = pane.tabs.findIndex(({ id }) => id === tab);
    const shift = before >= 0 && before < index ? 1 : 0;
    change((layout) => move(layout, tab, pane.id, index - shift));
  };
  const onDragOver = (event: DragEvent<HTMLDivElement>): void => {
    if (!isTabDrag(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    setMark(dropIndex(event.currentTarget, event.clientX));
  };
  const onWheel = ({ deltaX, deltaY }: WheelEvent): void => {
    if (deltaX === 0) list.current?.scrollBy({ left: deltaY });
  };
  const add = (): void => {
    change((layout) => focus(layout, pane.id));
    openTab({ kind: 'home' });
  };
  return (
    <div className="tab-strip">
      <Menu width={236} returnFocus>
        <Menu.ContextMenu>
          {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its tabs have the focus, one at a time */}
          <div
            ref={both}
            role="tablist"
            aria-label={label}
            className="tab-list"
            data-mark={mark < 0 ? undefined : mark}
            onKeyDown={(event) => onKey(event, closable)}
            onWheel={onWheel}
            onContextMenuCapture={({ target }) => {
              const id = target instanceof Element && target.closest('[data-tab]')?.getAttribute('data-tab');
              if (id) setMenuOf(id);
            }}
            onDragOver={onDragOver}
            onDragLeave={() => setMark(-1)}
            onDrop={onDrop}
          >
            {pane.tabs.map((tab, index) => (
              <span
                key={tab.id}
                role="presentation"
                className={index === mark ? 'tab-place tab-mark' : 'tab-place'}
                data-end={mark === pane.tabs.length && index === mark - 1 ? true : undefined}
              >
                <TabItem tab={tab} shown={tab.id === pane.active} closable={closable} />
              </span>
            ))}
          </div>
        </Menu.ContextMenu>
        <Menu.Dropdown>
          <TabMenu id={menuOf} />
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t('new')} position="right">
        <ActionIcon aria-label={t('new')} onClick={add}>
          <IconPlus size={16} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
      <span className="tab-rest" />
      {over && <AllTabs pane={pane} />}
      {children}
    </div>
  );
}
