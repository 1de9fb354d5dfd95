import { Button, Popover } from '@mantine/core';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import type { Range } from '@tanstack/react-virtual';
import { useCallback, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, MouseEvent, RefObject } from 'react';
import type { MatrixView } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { showPanel } from '../../stores/address.ts';
import { useMe } from '../../stores/profile.ts';
import { whyNotNew } from '../records/data/permissions.ts';
import { askForLink } from '../records/panel/LinksTab.tsx';
import type { Model } from '../network/model/model.ts';
import { Bands, Outlines } from './Bands.tsx';
import { directionOf, linksFrom } from './cells.ts';
import type { Cells } from './cells.ts';
import { cellSize, head, moved, within } from './geometry.ts';
import type { At } from './geometry.ts';
import type { Arrangement } from './order.ts';
import { HeadRow, MatrixRow } from './Rows.tsx';
import { cellText } from './labels.ts';
import styles from './matrix.module.css';

interface Props {
  view: MatrixView;
  model: Model;
  arrangement: Arrangement;
  cells: Cells;
  nameOf: (key: string) => string;
  scroller: RefObject<HTMLDivElement | null>;
  /** The cell under the pointer, else the one with the focus, or null. */
  pointed: At | null;
  onPoint: (at: At | null) => void;
}

/** The cell that an event comes from. */
function cellOf({ target }: { target: EventTarget }): At | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  return cell && { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) };
}

/** Rows or columns of which only those in sight are drawn, and the one of the active cell, so that it keeps the focus. */
function useSide(scroller: Props['scroller'], count: number, active: number, horizontal: boolean) {
  const before = horizontal ? head.width : head.height;
  // The same until the active cell is another: what is drawn in sight is memoised by it.
  const rangeExtractor = useCallback(
    (range: Range) =>
      [...new Set([...defaultRangeExtractor(range), Math.max(0, active)])].sort((a, b) => a - b),
    [active],
  );
  // oxlint-disable-next-line react/incompatible-library -- it is drawn again with what it says
  return useVirtualizer({
    count,
    horizontal,
    getScrollElement: () => scroller.current,
    estimateSize: () => cellSize,
    paddingStart: before,
    scrollPaddingStart: before,
    overscan: 6,
    rangeExtractor,
  });
}

/** The matrix itself. Keys move the active cell; Enter or a click opens what it stands for, or offers a link where there is none. */
export function Grid({ view, model, arrangement, cells, nameOf, scroller, pointed, onPoint }: Props) {
  const { t } = useTexts('matrix');
  const { inputs, panel } = view;
  const { nodes, blocks } = arrangement;
  const [wanted, setActive] = useState<At>({ row: 0, column: 0 });
  const [offered, setOffered] = useState<At | null>(null);
  const whyNot = whyNotNew(useMe(), 'interface');
  const help = useId();
  const follows = useRef(false);
  const active = within(wanted, nodes.length);
  const rows = useSide(scroller, nodes.length, active.row, false);
  const columns = useSide(scroller, nodes.length, active.column, true);
  const shownColumns = columns.getVirtualItems();
  const open = panel?.kind === 'record' ? panel.id : null;
  const namesUniversity = view.university === '' && view.order !== 'university';
  const hasBand = blocks.some(({ size }) => size > 1);

  const focusActive = useCallback(
    () => scroller.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus({ preventScroll: true }),
    [scroller],
  );
  // Before the next key, which goes on from the cell with the focus.
  useLayoutEffect(() => {
    if (follows.current) focusActive();
    follows.current = false;
  });

  const openAt = (at: At): void => {
    const [row, column] = [nodes[at.row], nodes[at.column]];
    const headed = at.row === -1 ? column : at.column === -1 ? row : undefined;
    if (headed) showPanel({ kind: 'record', id: headed.id, tab: 'details' });
    if (headed || !row || !column || row === column) return;
    const { from, to } = directionOf(row, column, inputs);
    const links = linksFrom(cells, from, to);
    const link = links[(links.findIndex(({ id }) => id === open) + 1) % links.length];
    if (link) showPanel({ kind: 'record', id: link.id, tab: 'details' });
    else setOffered(at);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = cellOf(event);
    if (!at || event.defaultPrevented) return;
    const page = Math.floor(((scroller.current?.clientHeight ?? 0) - head.height) / cellSize) - 1;
    const next = moved(at, event, nodes.length, Math.max(1, page));
    if (next) {
      follows.current = true;
      setActive(next);
      onPoint(next);
      if (next.row >= 0) rows.scrollToIndex(next.row);
      if (next.column >= 0) columns.scrollToIndex(next.column);
    } else if (event.key === 'Enter' || event.key === ' ') openAt(at);
    else if (event.key === 'Escape' && panel) showPanel(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onClick = (event: MouseEvent): void => {
    const at = cellOf(event);
    if (!at) return;
    follows.current = true;
    setActive(at);
    openAt(at);
  };

  const offer = useMemo(() => {
    const [row, column] = [nodes[offered?.row ?? -1], nodes[offered?.column ?? -1]];
    return row && column ? directionOf(row, column, inputs) : null;
  }, [offered, nodes, inputs]);
  const bands = useMemo(
    () => hasBand && <Bands blocks={blocks} nameOf={nameOf} along="columns" />,
    [hasBand, blocks, nameOf],
  );
  const length = nodes.length * cellSize;
  return (
    <>
      <p id={help} className="unseen">
        {t('help')}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its active cell has the focus */}
      <div
        ref={scroller}
        role="grid"
        className={styles.grid}
        aria-label={t('grid', { count: nodes.length })}
        aria-describedby={help}
        aria-rowcount={nodes.length + 1}
        aria-colcount={nodes.length + 1}
        onKeyDown={onKeyDown}
        onClick={onClick}
        // Not when it comes to stand over another cell because of scrolling by keys.
        onMouseMove={(event) => onPoint(cellOf(event))}
        onMouseLeave={() => onPoint(null)}
        onFocus={(event) => onPoint(cellOf(event))}
      >
        <div
          role="presentation"
          className={styles.sheet}
          style={{ width: head.width + length, height: head.height + length }}
        >
          <HeadRow
            nodes={nodes}
            titles={model.titles}
            columns={shownColumns}
            active={active.row === -1 ? active.column : null}
            inputs={inputs}
            hasBand={hasBand}
            bands={bands}
          />
          <div
            aria-hidden
            className={styles.lines}
            style={{ insetInlineStart: head.width, top: head.height, width: length, height: length }}
          />
          {pointed && pointed.column >= 0 && (
            <div
              aria-hidden
              className={styles.stripe}
              style={{ insetInlineStart: head.width + pointed.column * cellSize, width: cellSize }}
            />
          )}
          {rows.getVirtualItems().map(({ index, start }) => (
            <MatrixRow
              key={nodes[index]?.id ?? index}
              nodes={nodes}
              titles={model.titles}
              columns={shownColumns}
              row={index}
              top={start}
              cells={cells}
              inputs={inputs}
              active={index === active.row ? active.column : null}
              open={open}
              namesUniversity={namesUniversity}
              hasBand={hasBand}
            />
          ))}
          <Outlines blocks={blocks} />
          {hasBand && <Bands blocks={blocks} nameOf={nameOf} along="rows" />}
          <Popover
            opened={offer !== null}
            onChange={(opened) => !opened && setOffered(null)}
            onExitTransitionEnd={focusActive}
            position="bottom-start"
            shadow="md"
            trapFocus
          >
            <Popover.Target>
              <span
                aria-hidden
                className={styles.anchor}
                style={{
                  insetInlineStart: head.width + (offered?.column ?? 0) * cellSize,
                  top: head.height + (offered?.row ?? 0) * cellSize,
                  width: cellSize,
                  height: cellSize,
                }}
              />
            </Popover.Target>
            <Popover.Dropdown className={styles.offer} aria-label={t('add')}>
              {offer && <p>{cellText(offer, [], model.titles)}</p>}
              {whyNot !== null && <p className="dim">{whyNot}</p>}
              <Button
                data-autofocus
                disabled={whyNot !== null}
                onClick={() => {
                  setOffered(null);
                  if (offer) askForLink(offer.from.id, offer.to);
                }}
              >
                {t('add')}
              </Button>
            </Popover.Dropdown>
          </Popover>
        </div>
      </div>
    </>
  );
}
