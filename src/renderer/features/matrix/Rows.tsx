/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows and columns of which only those in sight are drawn cannot be a table */
import type { VirtualItem } from '@tanstack/react-virtual';
import { memo } from 'react';
import type { ReactNode } from 'react';
import type { MatrixView } from '#shared/address/view.ts';
import { lossBand } from '#shared/domain/interfaces.ts';
import { useTexts } from '../../i18n/setup.ts';
import { typeAndUniversity } from '../network/model/model.ts';
import type { Model, NetNode } from '../network/model/model.ts';
import { directionOf, linksFrom } from './cells.ts';
import type { Cells } from './cells.ts';
import { band, cellSize, head } from './geometry.ts';
import { Mark } from './Mark.tsx';
import { cellText, nodeName } from './labels.ts';
import styles from './matrix.module.css';

interface Shared {
  nodes: readonly NetNode[];
  titles: Model['titles'];
  columns: readonly VirtualItem[];
  /** The column of the active cell where it is in this row, else null. */
  active: number | null;
}

const tabIndexOf = (isActive: boolean): 0 | -1 => (isActive ? 0 : -1);

/** The names of the columns, which stay in sight. */
export const HeadRow = memo(function HeadRow({
  nodes,
  titles,
  columns,
  active,
  inputs,
  hasBand,
  bands,
}: Shared & { inputs: MatrixView['inputs']; hasBand: boolean; bands: ReactNode }) {
  const { t } = useTexts('matrix');
  const top = hasBand ? band : 0;
  return (
    <div role="row" aria-rowindex={1} className={styles.headRow} style={{ height: head.height }}>
      <div
        role="columnheader"
        aria-colindex={1}
        className={styles.corner}
        style={{ width: head.width, height: head.height }}
      >
        {t(`corner.${inputs}`)}
      </div>
      {bands}
      {columns.map(({ index, start }) => {
        const node = nodes[index];
        return (
          node && (
            <div
              key={node.id}
              role="columnheader"
              aria-colindex={index + 2}
              data-row={-1}
              data-column={index}
              tabIndex={tabIndexOf(index === active)}
              title={`${nodeName(node)} · ${typeAndUniversity(node, titles)}`}
              className={styles.columnHead}
              style={{ insetInlineStart: start, top, width: cellSize, height: head.height - top }}
            >
              <span>{nodeName(node)}</span>
            </div>
          )
        );
      })}
    </div>
  );
});

interface RowProps extends Shared {
  row: number;
  top: number;
  cells: Cells;
  inputs: MatrixView['inputs'];
  /** Whether universities stand beside the names: records of several may be called alike. */
  namesUniversity: boolean;
  /** Id of the record or link that is open. */
  open: string | null;
  hasBand: boolean;
}

/** One record with its links to all others. */
export const MatrixRow = memo(function MatrixRow(props: RowProps) {
  const { nodes, titles, columns, active, row, top, cells, inputs, open, hasBand, namesUniversity } = props;
  const { t } = useTexts('matrix');
  const node = nodes[row];
  if (!node) return null;
  const left = hasBand ? band : 0;
  return (
    <div role="row" aria-rowindex={row + 2} className={styles.row} style={{ top, height: cellSize }}>
      <div
        role="rowheader"
        aria-colindex={1}
        data-row={row}
        data-column={-1}
        data-open={node.id === open || undefined}
        tabIndex={tabIndexOf(active === -1)}
        title={`${nodeName(node)} · ${typeAndUniversity(node, titles)}`}
        className={styles.rowHead}
        style={{ insetInlineStart: left, width: head.width - left }}
      >
        <span className="cut">
          {nodeName(node)}
          {namesUniversity && <span className="dim"> {titles.get(node.university ?? '')}</span>}
        </span>
      </div>
      {columns.map(({ index, start }) => {
        const other = nodes[index];
        if (!other) return null;
        const { from, to } = directionOf(node, other, inputs);
        const links = linksFrom(cells, from, to);
        const isSame = from === to;
        const label =
          links.length > 0 ? cellText({ from, to }, links, titles) : t(isSame ? 'same' : 'emptyCell');
        const shown = links.find(({ id }) => id === open) ?? links[0];
        return (
          <div
            key={other.id}
            role="gridcell"
            aria-colindex={index + 2}
            aria-label={label}
            data-row={row}
            data-column={index}
            data-same={isSame || undefined}
            data-open={(shown !== undefined && shown.id === open) || undefined}
            tabIndex={tabIndexOf(index === active)}
            className={styles.cell}
            style={{ insetInlineStart: start }}
          >
            {shown && <Mark band={lossBand(shown.loss)} count={links.length} />}
          </div>
        );
      })}
    </div>
  );
});
