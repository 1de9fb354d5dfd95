import type { DragEvent, MouseEvent, KeyboardEvent, ReactNode, WheelEvent } from 'react';
import {
  IconPin,
  IconX,
  IconArrowsExchange,
  IconCopyPlus,
  IconLink,
  IconPinnedOff,
  IconXboxX,
  IconChevronDown,
  IconPlus,
} from '@tabler/icons-react';
import { useTexts } from '../../i18n/setup.ts';
import {
  showTab,
  closeOtherTabs,
  duplicateTab,
  moveToOtherPane,
  pinTab,
  focusPane,
  moveTab,
} from '../../stores/tabs/changes.ts';
import type { Tab, Layout, Pane } from '../../stores/tabs/layout.ts';
import { changeLayout, useTabs } from '../../stores/tabs/store.ts';
import { currentOf } from '../../stores/tabs/trail.ts';
import { closeTab, tabShortcuts } from './useTabCommands.ts';
import { useTabTitle } from './useTabTitle.ts';
import { Kbd, Menu, ActionIcon, Tooltip } from '@mantine/core';
import { viewForLink } from '#shared/address/link.ts';
import { shortcutText } from '../../commands/keys.ts';
import { paneOf, tabAt } from '../../stores/tabs/layout.ts';
import { copyLink } from '../../ui/copyLink.ts';
import type { IconType } from '../../ui/icons.ts';
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { openTab } from '../../stores/address.ts';
import styles from './tabs.module.css';

const tabDragType = 'application/x-frames-tab';

export function startTabDrag(event: DragEvent, tab: string): void {
  event.dataTransfer.setData(tabDragType, tab);
  event.dataTransfer.effectAllowed = 'move';
}

/** Whether one of our tabs is dragged over something. */
export function isTabDrag(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(tabDragType);
}

export function readDroppedTab(event: DragEvent): string {
  return event.dataTransfer.getData(tabDragType);
}

/** The index at which a drop at `x` inserts: the number of tabs whose middle is left of it. */
export function dropIndex(strip: Element, x: number): number {
  const middles = [...strip.querySelectorAll('[data-tab]')].map((tab) => {
    const { left, width } = tab.getBoundingClientRect();
    return left + width / 2;
  });
  return middles.filter((middle) => middle < x).length;
}

/** Element ids by which a tab and its panel refer to each other. */
export const tabElementId = (id: string): string => `window-tab-${id}`;
export const panelElementId = (id: string): string => `window-panel-${id}`;

interface TabItemProps {
  tab: Tab;
  isShown: boolean;
  isClosable: boolean;
}

export function TabItem({ tab, isShown, isClosable }: TabItemProps) {
  const { t } = useTexts('tabs');
  const { title, icon: Icon } = useTabTitle(currentOf(tab).view);
  const onMiddleClick = (event: MouseEvent): void => {
    if (event.button !== 1 || !isClosable) return;
    event.preventDefault();
    closeTab(tab.id);
  };
  return (
    <div
      role="presentation"
      data-tab={tab.id}
      className={`row shrink dim relative ${styles.tab}`}
      data-shown={isShown || undefined}
      draggable
      onDragStart={(event) => startTabDrag(event, tab.id)}
      onAuxClick={onMiddleClick}
    >
      <button
        type="button"
        role="tab"
        id={tabElementId(tab.id)}
        aria-selected={isShown}
        aria-controls={isShown ? panelElementId(tab.id) : undefined}
        aria-label={tab.pinned ? `${title}, ${t('pinned')}` : undefined}
        tabIndex={isShown ? 0 : -1}
        className={`row shrink gap-8 full-y pointer ${styles.button}`}
        title={title}
        onClick={() => changeLayout((layout) => showTab(layout, tab.id))}
      >
        <Icon size={16} stroke={1.6} />
        <span className="cut">{title}</span>
        {tab.pinned && <IconPin size={13} stroke={1.8} className="faint" />}
      </button>
      {isClosable && !tab.pinned && (
        <button
          type="button"
          tabIndex={-1}
          aria-hidden
          className={`centered rigid faint pointer ${styles.close}`}
          title={t('closeNamed', { title })}
          onClick={() => closeTab(tab.id)}
        >
          <IconX size={13} stroke={2} />
        </button>
      )}
    </div>
  );
}

interface ItemProps {
  label: string;
  icon: IconType;
  shortcut?: string;
  disabled?: boolean;
  onClick: () => void;
}

function TabMenuItem({ label, icon: Icon, shortcut, disabled = false, onClick }: ItemProps) {
  return (
    <Menu.Item
      disabled={disabled}
      leftSection={<Icon size={15} stroke={1.6} />}
      rightSection={shortcut === undefined ? null : <Kbd>{shortcutText(shortcut)}</Kbd>}
      onClick={onClick}
    >
      {label}
    </Menu.Item>
  );
}

export function TabMenu({ id }: { id: string }) {
  const { t } = useTexts('tabs');
  const layout = useTabs();
  const tab = tabAt(layout, id);
  const pane = paneOf(layout, id);
  const isOnlyInPane = pane?.tabs.length === 1;
  const isOnlyInWindow = isOnlyInPane && layout.panes.length === 1;
  const changeHandler = (change: (layout: Layout, id: string) => Layout) => () =>
    changeLayout((current) => change(current, id));
  return (
    <>
      <TabMenuItem
        label={t('close')}
        icon={IconX}
        shortcut={tabShortcuts.close}
        disabled={isOnlyInWindow}
        onClick={() => closeTab(id)}
      />
      <TabMenuItem
        label={t('closeOthers')}
        icon={IconXboxX}
        disabled={isOnlyInPane ?? true}
        onClick={changeHandler(closeOtherTabs)}
      />
      <Menu.Divider />
      <TabMenuItem label={t('duplicate')} icon={IconCopyPlus} onClick={changeHandler(duplicateTab)} />
      <TabMenuItem
        label={t(tab.pinned ? 'unpin' : 'pin')}
        icon={tab.pinned ? IconPinnedOff : IconPin}
        onClick={() => changeLayout((current) => pinTab(current, id, !tab.pinned))}
      />
      <TabMenuItem
        label={t('moveAcross')}
        icon={IconArrowsExchange}
        shortcut={tabShortcuts.moveAcross}
        disabled={isOnlyInWindow}
        onClick={changeHandler(moveToOtherPane)}
      />
      <Menu.Divider />
      <TabMenuItem
        label={t('notices:link.copy')}
        icon={IconLink}
        shortcut="mod+shift+C"
        onClick={() => copyLink(viewForLink(currentOf(tab).view))}
      />
    </>
  );
}

function TabListEntry({ tab, isShown }: { tab: Tab; isShown: boolean }) {
  const { title, icon: Icon } = useTabTitle(currentOf(tab).view);
  return (
    <Menu.Item
      leftSection={<Icon size={15} stroke={1.6} />}
      className={isShown ? 'accent on-accent' : ''}
      onClick={() => changeLayout((layout) => showTab(layout, tab.id))}
    >
      {title}
    </Menu.Item>
  );
}

function AllTabs({ pane }: { pane: Pane }) {
  const { t } = useTexts('tabs');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('all')} title={t('all')}>
          <IconChevronDown size={16} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={styles.entries}>
        {pane.tabs.map((tab) => (
          <TabListEntry key={tab.id} tab={tab} isShown={tab.id === pane.active} />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Arrow keys move between tabs without showing them, Enter shows one, Delete closes it unless it is the only one. */
function onKey(event: KeyboardEvent<HTMLDivElement>, isClosable: boolean): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
  const index = tabs.indexOf(event.target as HTMLElement);
  if (index < 0) return;
  const nextIndex = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (nextIndex !== undefined) tabs[(nextIndex + tabs.length) % tabs.length]?.focus();
  else if (event.key === 'Delete') {
    const id = tabs[index]?.closest('[data-tab]')?.getAttribute('data-tab') ?? '';
    if (isClosable) closeTab(id);
    (tabs[index + 1] ?? tabs[index - 1])?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

interface TabStripProps {
  pane: Pane;
  label: string;
  isClosable: boolean;
  children: ReactNode;
}

export function TabStrip({ pane, label, isClosable, children }: TabStripProps) {
  const { t } = useTexts('tabs');
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const list = useRef<HTMLDivElement>(null);
  const mergedRef = useMergedRef(sizeRef, list);
  const [hasOverflow, setHasOverflow] = useState(false);
  const [menuTabId, setMenuTabId] = useState(pane.active);
  const [dropMark, setDropMark] = useState(-1);
  useEffect(() => {
    const { current } = list;
    // The conditions on tabs and width hold always: they make the effect depend on both.
    if (current && pane.tabs.length > 0 && width >= 0)
      setHasOverflow(current.scrollWidth > current.clientWidth + 1);
  }, [width, pane.tabs]);
  useEffect(() => {
    const shownTab = list.current?.querySelector(`[data-tab="${pane.active}"]`);
    if (width >= 0) shownTab?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [pane.active, width]);
  const onDrop = (event: DragEvent<HTMLDivElement>): void => {
    setDropMark(-1);
    const tab = readDroppedTab(event);
    if (tab === '') return;
    event.preventDefault();
    event.stopPropagation();
    const index = dropIndex(event.currentTarget, event.clientX);
    const oldIndex = pane.tabs.findIndex(({ id }) => id === tab);
    const shift = oldIndex >= 0 && oldIndex < index ? 1 : 0;
    changeLayout((layout) => moveTab(layout, tab, pane.id, index - shift));
  };
  const onDragOver = (event: DragEvent<HTMLDivElement>): void => {
    if (!isTabDrag(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'move';
    setDropMark(dropIndex(event.currentTarget, event.clientX));
  };
  const onWheel = ({ deltaX, deltaY }: WheelEvent): void => {
    if (deltaX === 0) list.current?.scrollBy({ left: deltaY });
  };
  const openNewTab = (): void => {
    changeLayout((layout) => focusPane(layout, pane.id));
    openTab({ kind: 'home' });
  };
  return (
    <div className="row rigid gap-2 line-below on-panel tab-strip">
      <Menu returnFocus>
        <Menu.ContextMenu>
          {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its tabs have the focus, one at a time */}
          <div
            ref={mergedRef}
            role="tablist"
            aria-label={label}
            className={`flex shrink scroll-x ${styles.list}`}
            data-mark={dropMark < 0 ? undefined : dropMark}
            onKeyDown={(event) => onKey(event, isClosable)}
            onWheel={onWheel}
            onContextMenuCapture={({ target }) => {
              const id = target instanceof Element && target.closest('[data-tab]')?.getAttribute('data-tab');
              if (id) setMenuTabId(id);
            }}
            onDragOver={onDragOver}
            onDragLeave={() => setDropMark(-1)}
            onDrop={onDrop}
          >
            {pane.tabs.map((tab, index) => (
              <span
                key={tab.id}
                role="presentation"
                className={
                  index === dropMark
                    ? `flex relative ${styles.place} ${styles.mark}`
                    : `flex relative ${styles.place}`
                }
                data-end={dropMark === pane.tabs.length && index === dropMark - 1 ? true : undefined}
              >
                <TabItem tab={tab} isShown={tab.id === pane.active} isClosable={isClosable} />
              </span>
            ))}
          </div>
        </Menu.ContextMenu>
        <Menu.Dropdown>
          <TabMenu id={menuTabId} />
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t('new')} position="right">
        <ActionIcon aria-label={t('new')} onClick={openNewTab}>
          <IconPlus size={16} stroke={1.8} />
        </ActionIcon>
      </Tooltip>
      <span className={styles.rest} />
      {hasOverflow && <AllTabs pane={pane} />}
      {children}
    </div>
  );
}
