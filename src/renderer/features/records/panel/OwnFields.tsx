import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { compareOwnNames, fieldOfOwn, isOwnName, kindOfOwn } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import { draftAt, draftOf } from '../../../stores/drafts.ts';
import { useOwnFields } from '../own/useOwnFields.ts';
import { AddOwnField } from './AddOwnField.tsx';
import { OwnFieldRow } from './OwnFieldRow.tsx';

/** Up to so many fields that only other records have are offered to be filled in; with more they would bury the record's own. */
const mostOffered = 20;

/** The own fields to show: those that the record has, or that something was typed into, and those of the other records of its type. */
function shownOf(
  { id, type, payload }: EntityRecord,
  known: readonly OwnField[],
  added: readonly string[],
): readonly OwnField[] {
  const typed = Object.keys(draftAt(draftOf.record(id)));
  const here = new Set([...Object.keys(payload), ...typed, ...added].filter((name) => isOwnName(type, name)));
  const others = known.filter(({ name }) => !here.has(name)).slice(0, mostOffered);
  const mine = [...here].map(
    (name) =>
      known.find((field) => field.name === name) ?? { name, kind: kindOfOwn(payload[name]) ?? 'text' },
  );
  return [...mine, ...others].toSorted((a, b) => compareOwnNames(a.name, b.name));
}

/** The own fields of a record, each edited like any other, and a way to add one. */
export function OwnFields({ record, locked }: { record: EntityRecord; locked: boolean }) {
  const { t } = useTranslation('own');
  const { type } = record;
  const known = useOwnFields(type, true);
  const [added, setAdded] = useState<readonly string[]>([]);
  const shown = shownOf(record, known, added);
  if (shown.length === 0 && locked) return null;
  return (
    <fieldset className="own-fields" aria-label={t('heading')}>
      {shown.length > 0 && <h3 title={t('tip')}>{t('heading')}</h3>}
      {shown.map((own) => (
        <OwnFieldRow
          key={own.name}
          record={record}
          field={fieldOfOwn(own)}
          fresh={added.at(-1) === own.name}
        />
      ))}
      {!locked && (
        <AddOwnField
          type={type}
          known={[...known, ...shown].map(({ name }) => name)}
          onAdd={(name) => setAdded((now) => [...now, name])}
        />
      )}
    </fieldset>
  );
}
