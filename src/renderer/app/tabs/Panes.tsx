/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a rule between paragraphs (hr) cannot be dragged */
import { Suspense, useRef } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { useView } from '../../stores/address.ts';
import { Boundary } from '../Boundary.tsx';
import { usePrinting } from '../../stores/printing.ts';
import { useActor, useWorkspace } from '../../stores/profile.ts';
import { exactTime } from '../../text/time.ts';
import type { View } from '#shared/address/view.ts';
import { useTabTitle } from './useTabTitle.ts';
import { viewComponents } from '../lazy-views.tsx';
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconColumns2, IconX } from '@tabler/icons-react';
import { runCommand } from '../../commands/registry.ts';
import { shortcutText } from '../../commands/keys.ts';
import { focusPane, joinPanes, resizePanes } from '../../stores/tabs/changes.ts';
import type { Pane } from '../../stores/tabs/layout.ts';
import { changeLayout, TabContext, useTabs } from '../../stores/tabs/store.ts';
import { tabShortcuts } from './useTabCommands.ts';
import { panelElementId, tabElementId, TabStrip } from './TabStrip.tsx';
import type { KeyboardEvent, PointerEvent } from 'react';
import { shareLimits } from '../../stores/tabs/layout.ts';
import { followPointer } from '../../ui/drag.ts';
import styles from './tabs.module.css';

function PrintHeadContent({ view, startedAt }: { view: View; startedAt: number }) {
  const { t } = useTexts('frame');
  const { title } = useTabTitle(view);
  const { data } = useWorkspace();
  const author = useActor()?.name ?? '';
  const sandbox = data?.sandbox?.name ?? '';
  const parts = [
    data?.name ?? '',
    sandbox === '' ? '' : t('play', { name: sandbox }),
    author === '' ? '' : t('print.by', { name: author }),
    exactTime(new Date(startedAt).toISOString()),
  ];
  return (
    <header className="print-head">
      <p>{title}</p>
      <p>{parts.filter((part) => part !== '').join(' · ')}</p>
    </header>
  );
}

export function PrintHead() {
  const view = useView();
  const startedAt = usePrinting((printing) => printing.startedAt);
  return startedAt === null ? null : <PrintHeadContent view={view} startedAt={startedAt} />;
}

interface ViewHostProps {
  id?: string;
  labelledBy?: string;
}

export function ViewHost({ id, labelledBy }: ViewHostProps) {
  const view = useView();
  const ViewComponent = viewComponents[view.kind];
  const key = view.kind === 'list' ? view.type : view.kind;
  return (
    <section
      className="view"
      role={id === undefined ? undefined : 'tabpanel'}
      id={id}
      aria-labelledby={labelledBy}
      tabIndex={-1}
      data-focus-home
    >
      <PrintHead />
      <Boundary resetKey={key}>
        <Suspense fallback={<div className="view-coming" />}>
          <ViewComponent key={key} />
        </Suspense>
      </Boundary>
    </section>
  );
}

interface PaneViewProps {
  pane: Pane;
  paneCount: number;
  index: number;
  isActive: boolean;
  /** Share of the width, 0 to 1. */
  share: number;
}

function SplitButton() {
  const { t } = useTexts('tabs');
  return (
    <Tooltip label={`${t('split')} (${shortcutText(tabShortcuts.split)})`} position="left">
      <ActionIcon aria-label={t('split')} onClick={() => runCommand('tab.split')}>
        <IconColumns2 size={17} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

function JoinButton() {
  const { t } = useTexts('tabs');
  return (
    <Tooltip label={t('join')} position="left">
      <ActionIcon aria-label={t('join')} onClick={() => changeLayout(joinPanes)}>
        <IconX size={17} stroke={1.6} />
      </ActionIcon>
    </Tooltip>
  );
}

/** A pane with its tabs and the content of the front one. A click or focus inside makes it the active pane. */
export function PaneView({ pane, paneCount, index, isActive, share }: PaneViewProps) {
  const { t } = useTexts('tabs');
  const activate = (): void => changeLayout((layout) => focusPane(layout, pane.id));
  const isSplit = paneCount > 1;
  return (
    <div
      className={isSplit ? `fill column shrink pane ${styles.paneOneOfTwo}` : 'fill column shrink pane'}
      data-front={isActive || undefined}
      style={isSplit ? { flexGrow: share, flexBasis: 0 } : undefined}
      onPointerDownCapture={activate}
      onFocusCapture={activate}
    >
      <TabStrip
        pane={pane}
        label={t(index === 0 ? 'list' : 'listSecond')}
        isClosable={isSplit || pane.tabs.length > 1}
      >
        {isSplit ? index === 1 && <JoinButton /> : <SplitButton />}
      </TabStrip>
      <TabContext value={pane.active}>
        <ViewHost key={pane.active} id={panelElementId(pane.active)} labelledBy={tabElementId(pane.active)} />
      </TabContext>
    </div>
  );
}

const percent = (share: number): number => Math.round(share * 100);

function Divider({ share, getBounds }: { share: number; getBounds: () => DOMRect | undefined }) {
  const { t } = useTexts('tabs');
  const drag = (event: PointerEvent<HTMLDivElement>): void =>
    followPointer(event, ({ clientX }) => {
      const box = getBounds();
      if (box) changeLayout((layout) => resizePanes(layout, (clientX - box.left) / box.width));
    });
  const onKey = (event: KeyboardEvent): void => {
    const delta = { ArrowLeft: -0.02, ArrowRight: 0.02 }[event.key];
    if (delta === undefined) return;
    event.preventDefault();
    changeLayout((layout) => resizePanes(layout, layout.share + delta));
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('divider')}
      aria-valuenow={percent(share)}
      aria-valuemin={percent(shareLimits.min)}
      aria-valuemax={percent(shareLimits.max)}
      className={`rigid relative ${styles.paneDivider}`}
      onPointerDown={drag}
      onKeyDown={onKey}
      onDoubleClick={() => changeLayout((layout) => resizePanes(layout, shareLimits.default))}
    />
  );
}

export function Panes() {
  const { panes, focused, share } = useTabs();
  const container = useRef<HTMLElement>(null);
  return (
    <main className="flex shrink shrink-y on-bg panes" ref={container}>
      {panes.flatMap((pane, index) => [
        ...(index > 0
          ? [
              <Divider
                key="divider"
                share={share}
                getBounds={() => container.current?.getBoundingClientRect()}
              />,
            ]
          : []),
        <PaneView
          key={pane.id}
          pane={pane}
          paneCount={panes.length}
          index={index}
          isActive={pane.id === focused}
          share={index === 0 ? share : 1 - share}
        />,
      ])}
    </main>
  );
}
