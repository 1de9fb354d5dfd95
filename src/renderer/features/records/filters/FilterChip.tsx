import { CloseButton, Popover } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '#shared/contract/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import { titleOr } from '../../../text/names.ts';
import { FilterEditor } from './FilterEditor.tsx';
import { chipText, filterField, filterValueText, valuesOf } from './model.ts';
import type { FilterField } from './model.ts';

interface Props {
  type: EntityType;
  filter: Filter;
  onChange: (filter: Filter | null) => void;
}

/** The words for the values of a filter: the titles of the records that it names, as far as they are known. */
function useNames(field: FilterField, filter: Filter): (value: Json) => string {
  const ids = field.kind === 'reference' ? valuesOf(filter).filter((value) => typeof value === 'string') : [];
  const found = useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.record(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => api.entities.find({ id }, { signal }),
    })),
  });
  return (value) => {
    const record = found.find((result) => result.data?.id === value)?.data;
    return record ? titleOr(record.title, record.type) : filterValueText(field, value);
  };
}

/** One filter that is in force: a click changes it, the cross takes it out. */
export function FilterChip({ type, filter, onChange }: Props) {
  const { t } = useTranslation('grid');
  const [opened, setOpened] = useState(false);
  const field = filterField(type, filter.field);
  const name = useNames(field, filter);
  const text = chipText(field, filter, name);
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" trapFocus width={248}>
      <Popover.Target>
        <span className="chip">
          <button type="button" className="chip-text cut" title={text} onClick={() => setOpened(!opened)}>
            {text}
          </button>
          <CloseButton
            size={18}
            iconSize={13}
            className="chip-close"
            aria-label={t('removeFilter', { filter: text })}
            onClick={() => onChange(null)}
          />
        </span>
      </Popover.Target>
      <Popover.Dropdown>
        <FilterEditor
          type={type}
          field={field}
          filter={filter}
          onDone={(next) => {
            setOpened(false);
            onChange(next);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
