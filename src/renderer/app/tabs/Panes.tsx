/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a rule between paragraphs (hr) cannot be dragged */
import { useRef } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { resize } from '../../stores/tabs/changes.ts';
import { shareLimits } from '../../stores/tabs/layout.ts';
import { change, useTabs } from '../../stores/tabs/store.ts';
import { followPointer } from '../../ui/drag.ts';
import { PaneView } from './PaneView.tsx';
import './tabs.css';

const percent = (share: number): number => Math.round(share * 100);

/** What stands between two panes: it can be dragged, or moved with the arrow keys. */
function Divider({ share, within }: { share: number; within: () => DOMRect | undefined }) {
  const { t } = useTranslation('tabs');
  const drag = (event: PointerEvent<HTMLDivElement>): void =>
    followPointer(event, ({ clientX }) => {
      const box = within();
      if (box) change((layout) => resize(layout, (clientX - box.left) / box.width));
    });
  const onKey = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -0.02, ArrowRight: 0.02 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    change((layout) => resize(layout, layout.share + by));
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('divider')}
      aria-valuenow={percent(share)}
      aria-valuemin={percent(shareLimits.least)}
      aria-valuemax={percent(shareLimits.most)}
      className="pane-divider"
      onPointerDown={drag}
      onKeyDown={onKey}
      onDoubleClick={() => change((layout) => resize(layout, shareLimits.usual))}
    />
  );
}

/** One pane, or two side by side. */
export function Panes() {
  const { panes, focused, share } = useTabs();
  const all = useRef<HTMLElement>(null);
  return (
    <main className="panes" ref={all}>
      {panes.flatMap((pane, index) => [
        ...(index > 0
          ? [<Divider key="divider" share={share} within={() => all.current?.getBoundingClientRect()} />]
          : []),
        <PaneView
          key={pane.id}
          pane={pane}
          count={panes.length}
          index={index}
          inFront={pane.id === focused}
          share={index === 0 ? share : 1 - share}
        />,
      ])}
    </main>
  );
}
