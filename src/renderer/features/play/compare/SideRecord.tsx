import { Fragment } from 'react';
import type { Difference } from '#shared/contract/compare.ts';
import { fieldName } from '../../../text/names.ts';
import { SavedAddress } from '../../view-words/SavedView.tsx';
import { SideValue } from './SideValue.tsx';
import { differentFields, summaryOf } from './summary.ts';

interface Props {
  row: Difference;
  side: 'base' | 'live' | 'play';
  /** Titles of records that can exist on one side only. */
  titles: ReadonlyMap<string, string>;
  /** Shown if there is nothing to describe. */
  emptyText: string;
}

/** A whole record on one side: the fields that differ, or if none differ, its first facts. */
export function SideRecord({ row, side, titles, emptyText }: Props) {
  const differences = differentFields(row);
  const address = row.type === 'view' && row.fields.find(({ field }) => field === 'address')?.[side];
  if (differences.length === 0 && typeof address === 'string') return <SavedAddress address={address} />;
  if (differences.length === 0) {
    const text = summaryOf(row, side);
    return (
      <span className="cut block compare-summary" title={text}>
        {text === '' ? emptyText : text}
      </span>
    );
  }
  return (
    <span className="compare-apart">
      {differences.map(({ field, [side]: value }, index) => (
        <Fragment key={field}>
          {index > 0 && ' · '}
          {fieldName(field)}:{' '}
          <SideValue type={row.type} field={field} value={value ?? null} titles={titles} />
        </Fragment>
      ))}
    </span>
  );
}
