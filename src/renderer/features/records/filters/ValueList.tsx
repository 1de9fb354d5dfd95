import { Checkbox, Loader, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { jsonEqual } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { numberText } from '../../../text/values.ts';
import { RecordName } from '../../../ui/RecordName.tsx';
import { filterValueText } from './model.ts';
import type { FilterField } from './model.ts';

interface Props {
  type: EntityType;
  field: FilterField;
  chosen: readonly Json[];
  onChange: (values: readonly Json[]) => void;
}

/** From this many values on there is a box to find one. */
const many = 8;

function useValues(type: EntityType, field: FilterField): { value: Json; count: number | null }[] | null {
  const { data } = useQuery({
    queryKey: keys.values(type, field.key),
    queryFn: ({ signal }) => api.entities.values({ type, field: field.key, limit: 200 }, { signal }),
  });
  if (!data) return null;
  const held = data.filter(({ value }) => value !== null && value !== '');
  const known = field.list
    ? vocabulary[field.list].filter((value) => !held.some((one) => one.value === value))
    : [];
  return [...held, ...known.map((value) => ({ value, count: null }))];
}

/** The values that a field holds, most frequent first, to be ticked. */
export function ValueList({ type, field, chosen, onChange }: Props) {
  const { t } = useTranslation('grid');
  const [find, setFind] = useState('');
  const values = useValues(type, field);
  const has = (value: Json): boolean => chosen.some((one) => jsonEqual(one, value));
  const toggle = (value: Json): void =>
    onChange(has(value) ? chosen.filter((one) => !jsonEqual(one, value)) : [...chosen, value]);
  const fittingOf = <T extends { value: Json }>(all: readonly T[]): readonly T[] =>
    all.filter(({ value }) =>
      // A day is found as it is shown and as it is stored.
      [filterValueText(field, value), typeof value === 'string' ? value : ''].some((text) =>
        text.toLowerCase().includes(find.trim().toLowerCase()),
      ),
    );
  // The one value that is left is meant: Enter ticks it, the next Enter applies.
  const onKey = (event: KeyboardEvent): void => {
    const [only, ...others] = fittingOf(values ?? []);
    if (event.key !== 'Enter' || find.trim() === '' || !only || others.length > 0 || has(only.value)) return;
    event.preventDefault();
    toggle(only.value);
    setFind('');
  };
  const found = (
    <TextInput
      onKeyDown={onKey}
      data-autofocus
      placeholder={t('findValue')}
      aria-label={t('findValue')}
      value={find}
      onChange={(event) => setFind(event.currentTarget.value)}
    />
  );
  // Of own fields there is a box from the first moment on: one begins to type at once.
  if (!values)
    return (
      <>
        {field.own && found}
        <Loader />
      </>
    );
  if (values.length === 0) return <p className="dim">{t('noValues')}</p>;
  const searchable = field.kind !== 'reference' && (values.length > many || field.own === true);
  const fitting = fittingOf(values);
  return (
    <>
      {searchable && found}
      {fitting.length === 0 && <p className="dim">{t('noSuchValue')}</p>}
      <ul className="value-list">
        {fitting.map(({ value, count }) => (
          <li key={JSON.stringify(value)}>
            <Checkbox
              size="xs"
              checked={has(value)}
              onChange={() => toggle(value)}
              label={
                <span className="value-line">
                  <span className="cut">
                    {field.kind === 'reference' && typeof value === 'string' ? (
                      <RecordName id={value} plain />
                    ) : (
                      filterValueText(field, value)
                    )}
                  </span>
                  {count !== null && <span className="value-count num">{numberText(count)}</span>}
                </span>
              }
            />
          </li>
        ))}
      </ul>
    </>
  );
}
