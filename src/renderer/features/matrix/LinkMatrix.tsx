import { Button, Popover } from '@mantine/core';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { MatrixView as View, MatrixView, MatrixOrder } from '#shared/address/view.ts';
import { lossBand } from '#shared/domain/interfaces.ts';
import type { LossBand } from '#shared/domain/interfaces.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { openRecord, recordInPanel } from '../../stores/address.ts';
import { useMe } from '../../stores/profile.ts';
import { focusActiveElement } from '../../ui/stage/Surface.tsx';
import { networkCountsText } from '../network/data.ts';
import { linkSentence, nodeName, typeAndUniversity } from '../network/model/model.ts';
import type { Model, NetNode, NetEdge } from '../network/model/model.ts';
import { creationRefusal } from '../records/data/permissions.ts';
import { askForLink } from '../records/panel/LinksTab.tsx';
import { BlockOutlines } from './Rows.tsx';
import { groupBand, cellSize } from './geometry.ts';
import type { CellPosition } from './geometry.ts';
import { Grid } from './Grid.tsx';
import { arrangeRecords, countInside } from './order.ts';
import type { Arrangement } from './order.ts';
import type { Cell, HeadCell } from './Rows.tsx';
import { choiceName } from '../../text/names.ts';
import styles from './matrix.module.css';
import { lossBands } from '../network/look/links.ts';

function groupName(key: string, order: MatrixOrder, titles: Model['titles']): string {
  if (key === '') return say(order === 'cluster' ? 'matrix:noCluster' : 'network:noGroup');
  if (order === 'cluster') return say('matrix:cluster', { number: key });
  return order === 'university' ? (titles.get(key) ?? key) : choiceName(key);
}

/** "Flight software → Autonomy: loses 15 %, codified, moderate" for the links in a cell; with universities if they differ. */
function cellText(
  { from, to }: Record<'from' | 'to', NetNode>,
  [firstLink, ...otherLinks]: readonly NetEdge[],
  titles: Model['titles'],
): string {
  const endName = (node: NetNode): string => {
    const university = from.university === to.university ? undefined : titles.get(node.university ?? '');
    return university === undefined ? nodeName(node) : `${nodeName(node)} (${university})`;
  };
  const ends = { from: endName(from), to: endName(to) };
  if (!firstLink) return say('matrix:none', ends);
  const text = linkSentence(firstLink, ends.from, ends.to);
  return otherLinks.length === 0 ? text : `${text} · ${say('matrix:more', { count: otherLinks.length })}`;
}

/** The links by source and target, least loss first, unknown losses last. */
type Cells = ReadonlyMap<string, ReadonlyMap<string, readonly NetEdge[]>>;

const lossOf = ({ loss }: NetEdge): number => loss ?? Infinity;

export function cellsOf({ edges }: Model): Cells {
  const cells = new Map<string, Map<string, NetEdge[]>>();
  for (const edge of edges.values()) {
    if (edge.kind !== 'interface') continue;
    const targets = cells.get(edge.from) ?? new Map<string, NetEdge[]>();
    cells.set(edge.from, targets.set(edge.to, [...(targets.get(edge.to) ?? []), edge]));
  }
  for (const targets of cells.values())
    for (const links of targets.values())
      links.sort((a, b) => lossOf(a) - lossOf(b) || (a.id < b.id ? -1 : 1));
  return cells;
}

/** The source and target of a cell's links. */
export const directionOf = <T,>(row: T, column: T, inputs: MatrixView['inputs']): { from: T; to: T } =>
  inputs === 'rows' ? { from: column, to: row } : { from: row, to: column };

const noLinks: readonly NetEdge[] = [];

export const linksBetween = (cells: Cells, from: NetNode, to: NetNode): readonly NetEdge[] =>
  cells.get(from.id)?.get(to.id) ?? noLinks;

const headSize = { width: 178 + groupBand, height: 128 + groupBand };

function Summary({ view, model, arrangement }: { view: View; model: Model; arrangement: Arrangement }) {
  const { t } = useTexts('matrix');
  const { order, inputs } = view;
  const { inside, all } = useMemo(() => countInside(arrangement, model), [arrangement, model]);
  const isTruncated = model.matched > model.nodes.size;
  const isGrouped = order !== 'name' && order !== 'links' && all > 0;
  return (
    <p className={`row wrap rigid gap-2-12 small line-below high-36 px-12 py-2 ${styles.sentence}`}>
      <strong>{isGrouped ? t(`sentence.${order}`, { count: all, inside }) : networkCountsText(model)}</strong>
      {isTruncated && <span>{t('cut', { shown: model.nodes.size, all: model.matched })}</span>}
      <span className="dim">{t(`explained.${inputs}`)}</span>
    </p>
  );
}

/** The mark of a loss band by colour and pattern; with a number for several links. */
function Mark({ band, count = 1 }: { band: LossBand; count?: number }) {
  return (
    <span className={`centered rigid ${styles.mark} ${styles[band]}`} aria-hidden>
      {count > 1 && <b className="tiny strong on-bg">{count}</b>}
    </span>
  );
}

function AddLinkPopover({
  cell,
  ends,
  titles,
  onClose,
}: {
  cell: CellPosition | null;
  ends: Record<'from' | 'to', NetNode> | null;
  titles: Model['titles'];
  onClose: () => void;
}) {
  const { t } = useTexts('matrix');
  const refusal = creationRefusal(useMe(), 'interface');
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <Popover
      opened={ends !== null}
      onChange={(opened) => !opened && onClose()}
      onExitTransitionEnd={() => focusActiveElement(anchor.current?.closest('[data-surface]') ?? null)}
      position="bottom-start"
      trapFocus
    >
      <Popover.Target>
        <span
          ref={anchor}
          aria-hidden
          className="absolute untouched"
          style={{
            insetInlineStart: headSize.width + (cell?.column ?? 0) * cellSize,
            top: headSize.height + (cell?.row ?? 0) * cellSize,
            width: cellSize,
            height: cellSize,
          }}
        />
      </Popover.Target>
      <Popover.Dropdown className="stack gap-8 small breaks pad-12 narrow" aria-label={t('add')}>
        {ends && <p>{cellText(ends, [], titles)}</p>}
        {refusal !== null && <p className="dim">{refusal}</p>}
        <Button
          variant="filled"
          data-autofocus
          disabled={refusal !== null}
          onClick={() => {
            onClose();
            if (ends) askForLink(ends.from.id, ends.to);
          }}
        >
          {t('add')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

export function LinkMatrix({ view, model }: { view: View; model: Model }) {
  const { t } = useTexts('matrix');
  const [emptyCell, setEmptyCell] = useState<CellPosition | null>(null);
  const { order, inputs, university } = view;
  const { titles } = model;
  const cells = useMemo(() => cellsOf(model), [model]);
  const nameOf = useCallback((key: string) => groupName(key, order, titles), [order, titles]);
  const arrangement = useMemo(() => arrangeRecords(model, order, nameOf), [model, order, nameOf]);
  const { nodes, blocks } = arrangement;
  const openId = recordInPanel(view);
  const showsUniversity = university === '' && order !== 'university';

  const nodeAt = useCallback((index: number) => nodes[index] as NetNode, [nodes]);
  const columnAt = useCallback(
    (index: number): HeadCell => {
      const node = nodeAt(index);
      const title = `${nodeName(node)} · ${typeAndUniversity(node, titles)}`;
      return { id: node.id, content: nodeName(node), title };
    },
    [nodeAt, titles],
  );
  const rowAt = useCallback(
    (index: number): HeadCell => ({
      ...columnAt(index),
      content: (
        <span className="cut">
          {nodeName(nodeAt(index))}
          {/* Records of several universities can have the same name. */}
          {showsUniversity && <span className="dim"> {titles.get(nodeAt(index).university ?? '')}</span>}
        </span>
      ),
    }),
    [nodeAt, columnAt, showsUniversity, titles],
  );
  const cellAt = useCallback(
    (row: number, column: number): Cell => {
      const ends = directionOf(nodeAt(row), nodeAt(column), inputs);
      const links = linksBetween(cells, ends.from, ends.to);
      const isDiagonal = row === column;
      const shownLink = links.find(({ id }) => id === openId) ?? links[0];
      return {
        label: shownLink ? cellText(ends, links, titles) : t(isDiagonal ? 'same' : 'emptyCell'),
        mark: shownLink && <Mark band={lossBand(shownLink.loss)} count={links.length} />,
        isDiagonal,
        isOpen: shownLink !== undefined && shownLink.id === openId,
      };
    },
    [nodeAt, cells, inputs, openId, t, titles],
  );

  /** The ends of a cell's links; null for heads and the diagonal. */
  const endsAt = (cell: CellPosition | null): Record<'from' | 'to', NetNode> | null => {
    const [row, column] = [nodes[cell?.row ?? -1], nodes[cell?.column ?? -1]];
    return row && column && row !== column ? directionOf(row, column, inputs) : null;
  };
  const onOpen = (cell: CellPosition): void => {
    const ends = endsAt(cell);
    const headNode = cell.row === -1 ? nodes[cell.column] : cell.column === -1 ? nodes[cell.row] : null;
    if (headNode) openRecord(headNode.id);
    if (!ends) return;
    const links = linksBetween(cells, ends.from, ends.to);
    // Opening a cell again opens its next link.
    const nextIndex = links.findIndex(({ id }) => id === openId) + 1;
    const nextLink = links[nextIndex] ?? links[0];
    if (nextLink) openRecord(nextLink.id);
    else setEmptyCell(cell);
  };
  const textAt = (cell: CellPosition): string => {
    const ends = endsAt(cell);
    return ends ? cellText(ends, linksBetween(cells, ends.from, ends.to), titles) : '';
  };
  return (
    <>
      <Summary view={view} model={model} arrangement={arrangement} />
      <Grid
        label={t('grid', { count: nodes.length })}
        help={t('help')}
        corner={t(`corner.${inputs}`)}
        headSize={headSize}
        size={{ rows: nodes.length, columns: nodes.length }}
        rowAt={rowAt}
        columnAt={columnAt}
        cellAt={cellAt}
        rowBlocks={blocks}
        columnBlocks={blocks}
        nameOf={nameOf}
        textAt={textAt}
        legend={t('legend')}
        legendEntries={lossBands.map((band) => ({
          mark: <Mark band={band} />,
          text: t(`network:legend.line.${band}`),
        }))}
        onOpen={onOpen}
        openId={openId}
      >
        <BlockOutlines blocks={blocks} headSize={headSize} />
        <AddLinkPopover
          cell={emptyCell}
          ends={endsAt(emptyCell)}
          titles={titles}
          onClose={() => setEmptyCell(null)}
        />
      </Grid>
    </>
  );
}
