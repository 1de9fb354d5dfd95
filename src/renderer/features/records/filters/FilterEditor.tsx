import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from '#shared/contract/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldName } from '../../../text/names.ts';
import { buildFilters, editedOf, isTime, operatorsOf } from './model.ts';
import type { Comparison, Edited, FilterField } from './model.ts';
import { ValueInput } from './ValueInput.tsx';

interface Props {
  type: EntityType;
  field: FilterField;
  /** What is changed: one filter, or the least and the most of a range; none for a new one. */
  filters: readonly Filter[];
  onDone: (filters: readonly Filter[]) => void;
}

/** What stays of a value when it is compared otherwise: a list is no number, and a number no range. */
function carried(now: Edited, op: Comparison): Edited {
  const shape = (one: Comparison): string =>
    one === 'in' || one === 'is_not' ? 'list' : one === 'between' ? 'range' : 'one';
  return { op, value: shape(now.op) === shape(op) ? now.value : undefined };
}

/** Builds or changes the filters of one chip: how the field is compared, and with what. */
export function FilterEditor({ type, field, filters, onDone }: Props) {
  const { t } = useTranslation(['grid', 'views']);
  const [edited, setEdited] = useState<Edited>(() => editedOf(field, filters));
  const usual = operatorsOf(field);
  // A filter that was typed or came with a link may compare in a way that is not on the list.
  const all = usual.includes(edited.op) ? usual : [edited.op, ...usual];
  const built = buildFilters(field, edited);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (built) onDone(built);
  };
  return (
    <form
      className="filter-editor"
      onSubmit={submit}
      aria-label={t('grid:filterBy', { field: fieldName(field.key) })}
    >
      <div className="filter-head">
        <strong>{fieldName(field.key)}</strong>
        <NativeSelect
          size="xs"
          variant="unstyled"
          aria-label={t('grid:comparison')}
          value={edited.op}
          onChange={(event) => setEdited(carried(edited, event.currentTarget.value as Comparison))}
          data={all.map((one) => ({
            value: one,
            label:
              one === 'between'
                ? t('views:isBetween')
                : isTime(field) && (one === 'gte' || one === 'lte')
                  ? t(one === 'gte' ? 'views:since' : 'views:upTo')
                  : t(`grid:op.${one}`),
          }))}
        />
      </div>
      <ValueInput
        type={type}
        field={field}
        op={edited.op}
        value={edited.value}
        onChange={(value) => setEdited({ ...edited, value })}
      />
      <Button type="submit" fullWidth disabled={built === null}>
        {t('grid:apply')}
      </Button>
    </form>
  );
}
