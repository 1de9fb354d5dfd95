/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a rule between paragraphs (hr) cannot be dragged */
import { useEffect, useRef } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { frontPane } from '../../ui/focus.ts';
import { showPanel } from '../../stores/address.ts';
import { setSeatItem, useSeatItem } from '../../stores/seat.ts';
import { followPointer } from '../../ui/drag.ts';

const widthKey = 'panel.width';
const widthLimits = { min: 320, default: 380, max: 640 };

const clamp = (width: number): number =>
  Math.round(Math.max(widthLimits.min, Math.min(widthLimits.max, width)));

export function focusPanel(): void {
  frontPane().querySelector<HTMLElement>('[data-record-panel] [role="tab"][aria-selected="true"]')?.focus();
}

function shiftNotices(frame: HTMLElement | null, width: number): () => void {
  const { style } = document.documentElement;
  const atEdge = frame !== null && window.innerWidth - frame.getBoundingClientRect().right < width;
  if (!atEdge) return () => {};
  style.setProperty('--notices-beside', `${width}px`);
  return () => style.removeProperty('--notices-beside');
}

interface Props {
  children: ReactNode;
  onLeave: () => void;
}

/** The panel next to the grid, with the seat's width; Esc closes it. */
export function PanelFrame({ children, onLeave }: Props) {
  const { t } = useTexts('panel');
  const savedWidth = useSeatItem(widthKey);
  const width = clamp(typeof savedWidth === 'number' ? savedWidth : widthLimits.default);
  const onLeaveRef = useRef(onLeave);
  useEffect(() => {
    onLeaveRef.current = onLeave;
  });
  useEffect(() => () => onLeaveRef.current(), []);
  const frame = useRef<HTMLElement>(null);
  useEffect(() => shiftNotices(frame.current, width), [width]);

  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const start = event.clientX;
    followPointer(event, (pointer) => setSeatItem(widthKey, clamp(width + start - pointer.clientX)));
  };
  const onSplitterKey = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: 16, ArrowRight: -16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setSeatItem(widthKey, clamp(width + step));
  };
  const onKey = (event: KeyboardEvent): void => {
    // React also passes keys of the panel's menus to this handler, although they are rendered elsewhere in the page.
    if (
      event.key !== 'Escape' ||
      event.defaultPrevented ||
      !event.currentTarget.contains(event.target as Node)
    )
      return;
    event.stopPropagation();
    showPanel(null);
  };
  return (
    <>
      <div
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('resize')}
        aria-valuenow={width}
        aria-valuemin={widthLimits.min}
        aria-valuemax={widthLimits.max}
        className="rigid relative splitter"
        onPointerDown={drag}
        onKeyDown={onSplitterKey}
        onDoubleClick={() => setSeatItem(widthKey, null)}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears Esc for its content */}
      <aside
        ref={frame}
        data-record-panel
        className="column rigid shrink-y on-panel panel"
        tabIndex={-1}
        data-focus-home
        aria-label={t('whatif:form.choose.end')}
        style={{ width }}
        onKeyDown={onKey}
      >
        {children}
      </aside>
    </>
  );
}
