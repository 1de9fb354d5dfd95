import { ActionIcon } from '@mantine/core';
import { IconArrowBackUp, IconEraser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { labelOf } from '../../../text/names.ts';
import { FieldRow } from '../form/FieldRow.tsx';
import { typedDay } from '../../../text/typed-day.ts';
import { oddity } from '../../../text/values.ts';
import type { Raw } from '../form/inputs.ts';
import type { Touch } from './edit.ts';

interface Props {
  type: EntityType;
  field: Field;
  /** The university whose records are offered first, or ''. */
  near: string;
  touch: Touch | undefined;
  problem: string | undefined;
  onTouch: (touch: Touch | null) => void;
}

/** One field for many records: filled in it is set, with the eraser emptied, else left alone. */
export function BulkField({ type, field, near, touch, problem, onTouch }: Props) {
  const { t } = useTranslation('grid');
  const label = labelOf(field);
  const raw = touch?.kind === 'set' ? touch.raw : '';
  const isNone = field.kind === 'date' && typeof raw === 'string' && typedDay(raw) === null;
  const odd = isNone && oddity(raw, field) !== null ? t('bulk.noDate', { value: raw }) : null;
  const set = (next: Raw): void => onTouch(next === '' || next === null ? null : { kind: 'set', raw: next });
  return (
    <div className={`bulk-field${touch ? ' bulk-touched' : ''}`}>
      {touch?.kind === 'empty' ? (
        <div className="field">
          <span className="field-label">{label}</span>
          <span className="bulk-emptied">{t('bulk.emptied')}</span>
        </div>
      ) : (
        <FieldRow
          type={type}
          field={field}
          raw={touch ? touch.raw : field.kind === 'boolean' ? null : ''}
          near={near}
          placeholder={t('bulk.untouched')}
          {...(problem === undefined ? {} : { problem })}
          {...(odd === null ? {} : { note: odd })}
          onChange={set}
        />
      )}
      {touch ? (
        <ActionIcon
          aria-label={t('bulk.keep', { field: label })}
          title={t('bulk.keep', { field: label })}
          onClick={() => onTouch(null)}
        >
          <IconArrowBackUp size={16} stroke={1.6} />
        </ActionIcon>
      ) : (
        <ActionIcon
          aria-label={t('bulk.empty', { field: label })}
          title={t('bulk.empty', { field: label })}
          onClick={() => onTouch({ kind: 'empty' })}
        >
          <IconEraser size={16} stroke={1.6} />
        </ActionIcon>
      )}
    </div>
  );
}
