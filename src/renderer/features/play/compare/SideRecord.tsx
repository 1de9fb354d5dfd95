import { Fragment } from 'react';
import type { Difference } from '#shared/contract/compare.ts';
import { fieldName } from '../../../text/names.ts';
import { SavedAddress } from '../../view-words/SavedView.tsx';
import { SideValue } from './SideValue.tsx';
import { differentFields, summaryOf } from './summary.ts';

interface Props {
  row: Difference;
  side: 'base' | 'live' | 'play';
  /** Titles of records that may exist on one side only. */
  titles: ReadonlyMap<string, string>;
  /** Shown if there is nothing to describe. */
  none: string;
}

/** A whole record on one side: what differs, else the first facts about it. */
export function SideRecord({ row, side, titles, none }: Props) {
  const differing = differentFields(row);
  const leads = row.type === 'view' && row.fields.find(({ field }) => field === 'address')?.[side];
  if (differing.length === 0 && typeof leads === 'string') return <SavedAddress address={leads} />;
  if (differing.length === 0) {
    const text = summaryOf(row, side);
    return (
      <span className="cut block compare-summary" title={text}>
        {text === '' ? none : text}
      </span>
    );
  }
  return (
    <span className="compare-apart">
      {differing.map(({ field, [side]: value }, at) => (
        <Fragment key={field}>
          {at > 0 && ' · '}
          {fieldName(field)}:{' '}
          <SideValue type={row.type} field={field} value={value ?? null} titles={titles} />
        </Fragment>
      ))}
    </span>
  );
}
