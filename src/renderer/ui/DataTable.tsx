import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { enableRowKeys } from './row-keys.ts';

export interface DataColumn<Row> {
  key: string;
  title?: string;
  /** `name` heads the row; arrow keys move between the `buttons` of rows. */
  kind?: 'name' | 'number' | 'buttons';
  renderCell: (row: Row, index: number) => ReactNode;
  classOf?: (row: Row, index: number) => string | undefined;
  hintOf?: (row: Row, index: number) => string | undefined;
}

interface Selection<Row> {
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  selectAllLabel: string;
  nameOf: (row: Row) => string;
  refusalOf?: (row: Row) => string | undefined;
}

interface Props<Row> {
  rows: readonly Row[];
  columns: readonly DataColumn<Row>[];
  keyOf: (row: Row, index: number) => string | number;
  label?: string | undefined;
  className?: string | undefined;
  rowClass?: (row: Row) => string | undefined;
  selection?: Selection<Row>;
}

const classNames = (...names: readonly (string | undefined)[]): string | undefined =>
  names.filter(Boolean).join(' ') || undefined;

const kindClass = { name: undefined, number: 'num', buttons: 'row-buttons' } as const;

function selectionCell<Row>(
  { selected, onSelect, nameOf, refusalOf }: Selection<Row>,
  keyOf: (row: Row) => string,
): (row: Row) => ReactNode {
  return (row) => {
    const refusal = refusalOf?.(row);
    const key = keyOf(row);
    const toggle = (): void => {
      const newSelection = new Set(selected);
      if (!newSelection.delete(key)) newSelection.add(key);
      onSelect(newSelection);
    };
    return (
      <td>
        <Checkbox
          aria-label={nameOf(row)}
          title={refusal ?? ''}
          disabled={refusal !== undefined}
          checked={refusal === undefined && selected.has(key)}
          onChange={toggle}
        />
      </td>
    );
  };
}

export function DataTable<Row>({ rows, columns, keyOf, label, className, rowClass, selection }: Props<Row>) {
  const keyText = (row: Row): string => String(keyOf(row, 0));
  const selectableKeys = selection
    ? rows.filter((row) => selection.refusalOf?.(row) === undefined).map(keyText)
    : [];
  const selectedCount = selectableKeys.filter((key) => selection?.selected.has(key)).length;
  const checkbox = selection && selectionCell(selection, keyText);
  const hasButtons = columns.some(({ kind }) => kind === 'buttons');
  return (
    <table className={classNames('small full', className)} aria-label={label}>
      <thead>
        <tr>
          {selection && (
            <td>
              <Checkbox
                aria-label={selection.selectAllLabel}
                checked={selectedCount > 0 && selectedCount === selectableKeys.length}
                indeterminate={selectedCount > 0 && selectedCount < selectableKeys.length}
                onChange={({ currentTarget }) =>
                  selection.onSelect(new Set(currentTarget.checked ? selectableKeys : []))
                }
              />
            </td>
          )}
          {columns.map(({ key, title, kind }) =>
            title === undefined ? (
              <th key={key} aria-hidden />
            ) : (
              <th key={key} scope="col" className={kind && kindClass[kind]}>
                {title}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody ref={hasButtons ? enableRowKeys : null}>
        {rows.map((row, index) => (
          <tr key={keyOf(row, index)} className={rowClass?.(row)}>
            {checkbox?.(row)}
            {columns.map(({ key, kind, renderCell, classOf, hintOf }) => {
              const Cell = kind === 'name' ? 'th' : 'td';
              return (
                <Cell
                  key={key}
                  scope={kind === 'name' ? 'row' : undefined}
                  className={classNames(kind && kindClass[kind], classOf?.(row, index))}
                  title={hintOf?.(row, index)}
                >
                  {renderCell(row, index)}
                </Cell>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
