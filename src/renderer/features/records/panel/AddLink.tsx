import { Button, SegmentedControl } from '@mantine/core';
import { useRef, useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord, RecordRef } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import { report } from '../../../ui/notices.tsx';
import { createRecord } from '../data/create.ts';
import { checkField } from '../form/check.ts';
import { FieldRow } from '../form/FieldRow.tsx';
import type { Raw } from '../form/inputs.ts';
import { endTypes } from '../linkable.ts';
import { LookupInput } from '../form/LookupInput.tsx';
import { newId } from '../newId.ts';
import { newLink, usualBond } from '../linking/newLink.ts';

interface Props {
  record: EntityRecord;
  onDone: () => void;
}

const bondField = fieldOf('interface', 'bond_type') as Field;
const lossField = fieldOf('interface', 'energy_loss') as Field;

/** Joins the record with another: which, in which direction, how the link is kept and what it loses. */
export function AddLink({ record, onDone }: Props) {
  const { t } = useTranslation(['panel', 'common']);
  const [other, setOther] = useState<RecordRef | null>(null);
  const [direction, setDirection] = useState<'out' | 'in'>('out');
  const [bond, setBond] = useState<Raw>(usualBond);
  const [loss, setLoss] = useState<Raw>(String(defaultEnergyLoss[usualBond]));
  const [busy, setBusy] = useState(false);
  // Drawn once, so that trying again after a lost answer cannot make a second link.
  const id = useRef(newId('interface'));
  const checked = checkField('interface', lossField, loss);
  const chooseBond = (raw: Raw): void => {
    setBond(raw);
    const usual = typeof raw === 'string' ? defaultEnergyLoss[raw] : undefined;
    if (usual !== undefined) setLoss(String(usual));
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!other || !checked.ok) return;
    setBusy(true);
    try {
      await createRecord('interface', id.current, newLink(record, other, direction, bond, checked.value));
      onDone();
    } catch (error) {
      report(error, t('panel:create.failed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="add-link fields" autoComplete="off" onSubmit={(event) => void submit(event)}>
      <div className="field">
        <span className="field-label">{t('panel:links.with')}</span>
        <LookupInput
          label={t('panel:links.with')}
          types={endTypes}
          id={other?.id ?? ''}
          title={other?.title}
          except={record.id}
          arrives
          placeholder={t('panel:links.choose')}
          onChoose={(_, chosen) => setOther(chosen)}
        />
      </div>
      <div className="field">
        <span className="field-label">{t('panel:links.direction')}</span>
        <SegmentedControl
          size="xs"
          value={direction}
          onChange={(next) => setDirection(next === 'in' ? 'in' : 'out')}
          data={[
            { value: 'out', label: t('panel:links.out') },
            { value: 'in', label: t('panel:links.in') },
          ]}
        />
      </div>
      <FieldRow type="interface" field={bondField} raw={bond} onChange={chooseBond} />
      <FieldRow
        type="interface"
        field={lossField}
        raw={loss}
        problem={checked.ok ? undefined : checked.message}
        onChange={setLoss}
      />
      <div className="dialog-buttons">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={!other || !checked.ok} loading={busy}>
          {t('panel:links.create')}
        </Button>
      </div>
    </form>
  );
}
