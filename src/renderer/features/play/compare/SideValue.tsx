import type { Json } from '#shared/domain/json.ts';
import { Fragment } from 'react';
import { referencedIds } from '#shared/domain/references.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { fieldName } from '../../../text/names.ts';
import { notesLines } from '../../../text/notes-lines.ts';
import { fieldNamed, valueText } from '../../../text/values.ts';
import { RecordName } from '../../../ui/RecordName.tsx';
import { SavedAddress, specialValue } from '../../view-words/SavedView.tsx';
import { isReference, differentFields, summaryOf } from './summary.ts';
import type { Difference } from '#shared/contract/compare.ts';

interface Props {
  type: string;
  field: string;
  /** undefined: that side does not have the field. */
  value: Json | undefined;
  /** Titles of records that can exist on one side only. */
  titles: ReadonlyMap<string, string>;
}

export function SideValue({ type, field, value, titles }: Props) {
  const { t } = useTexts('compare');
  const special = specialValue(type, field, value);
  if (special !== null) return special;
  if (value === undefined) return <span className="dim">{t('common:unknown')}</span>;
  const ids = value !== '' && isReference(type, field) ? referencedIds(value) : [];
  if (ids.length > 0) {
    return ids.map((id, index) => (
      <Fragment key={id}>
        {index > 0 && ', '}
        {titles.has(id) ? <span>{titles.get(id)}</span> : <RecordName isPlain id={id} />}
      </Fragment>
    ));
  }
  if (typeof value === 'object' && value !== null) {
    const text = notesLines(value).join('\n');
    return <span className="compare-notes">{text === '' ? valueText(null) : text}</span>;
  }
  return <span>{valueText(value, fieldNamed(type, field))}</span>;
}

interface RecordProps {
  row: Difference;
  side: 'base' | 'live' | 'play';
  /** Titles of records that can exist on one side only. */
  titles: ReadonlyMap<string, string>;
  /** Shown if there is nothing to describe. */
  emptyText: string;
}

/** A whole record on one side: the fields that differ, or if none differ, its first facts. */
export function SideRecord({ row, side, titles, emptyText }: RecordProps) {
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
