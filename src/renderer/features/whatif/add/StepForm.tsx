import { NativeSelect, NumberInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ComponentProps, ReactNode } from 'react';
import type { RecordRef } from '#shared/contract/record.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { queryFor } from '../../../stores/queries.ts';
import { DialogForm } from '../../../ui/DialogForm.tsx';
import { useSubmit } from '../../../ui/useSubmit.ts';
import { linkText } from '../../insights/sentences.ts';
import { LookupInput } from '../../records/form/LookupInput.tsx';

interface Props {
  isReady: boolean;
  /** Makes the step. Returns false if it was not made. */
  makeStep: () => Promise<boolean | void>;
  onDone: () => void;
  children: ReactNode;
}

export function StepForm({ isReady, makeStep, onDone, children }: Props) {
  const { t } = useTexts('whatif');
  const submit = useSubmit(async () => {
    if ((await makeStep()) !== false) onDone();
  });
  return (
    <DialogForm {...submit} saveLabel={t('addAsStep')} blocked={!isReady} onCancel={onDone}>
      {children}
    </DialogForm>
  );
}

export function LabelledRow({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="stack top gap-2-8 small mb-4 field">
      <span className="small dim self-center">{label}</span>
      {children}
    </div>
  );
}

interface AmountProps {
  label: string;
  /** Null while the input is empty. */
  value: number | null;
  min?: number;
  max: number;
  suffix?: string;
  onChange: (value: number | null) => void;
}

export function AmountField({ label, value, min = 1, max, suffix = '', onChange }: AmountProps) {
  return (
    <LabelledRow label={label}>
      <NumberInput
        aria-label={label}
        {...{ min, max, suffix }}
        allowDecimal={false}
        clampBehavior="strict"
        value={value ?? ''}
        onChange={(next) => onChange(typeof next === 'number' ? next : null)}
      />
    </LabelledRow>
  );
}

type RecordFieldProps = Omit<ComponentProps<typeof LookupInput>, 'id' | 'title' | 'onChoose'> & {
  record: RecordRef | null;
  onChoose: (record: RecordRef | null) => void;
};

export function RecordField({ record, onChoose, ...input }: RecordFieldProps) {
  const { t } = useTexts('panel');
  return (
    <LabelledRow label={input.label}>
      <LookupInput
        {...input}
        id={record?.id ?? ''}
        title={record?.title}
        placeholder={t('links.choose')}
        onChoose={(_, chosen) => onChoose(chosen)}
      />
    </LabelledRow>
  );
}

const maxLinks = 200;

export type LinkRecord = RecordRef & { payload: JsonObject };

interface LinkProps {
  endId: string;
  linkId: string;
  onChoose: (link: LinkRecord | null) => void;
}

export function LinkField({ endId, linkId, onChoose }: LinkProps) {
  const { t } = useTexts('whatif');
  const { data } = useQuery(queryFor('entities.links', { id: endId, limit: maxLinks }));
  const links = data?.rows.map((row) => row.link) ?? [];
  const linkLabel = ({ title, payload: { bond_type: bond } }: (typeof links)[number]): string =>
    [title, linkText(bond)].filter((part) => part !== '').join(': ');
  return (
    <LabelledRow label={t('records:one.interface')}>
      <NativeSelect
        aria-label={t('records:one.interface')}
        value={linkId}
        data={[
          { value: '', label: t(data?.total === 0 ? 'form.noLinks' : 'form.chooseLink') },
          ...links.map((item) => ({ value: item.id, label: linkLabel(item) })),
        ]}
        onChange={({ currentTarget: { value } }) => {
          const chosen = links.find(({ id }) => id === value);
          onChoose(chosen ? { ...chosen, deleted: false } : null);
        }}
      />
    </LabelledRow>
  );
}
