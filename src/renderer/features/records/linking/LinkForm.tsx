import { ActionIcon, Button, Radio, TextInput } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { FormEvent, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { choiceName, fieldHint, fieldName, titleOr } from '../../../text/names.ts';
import { Loss } from '../../../ui/Loss.tsx';
import { report } from '../../../ui/notices.tsx';
import { Term } from '../../help/Term.tsx';
import { createRecord, newId } from '../data/create.ts';
import { checkField } from '../form/values.ts';
import { newLink, usualBond } from './links.ts';
import './link-form.css';
import { say } from '../../../i18n/setup.ts';
import { openDialog } from '../../../ui/dialog.tsx';

const lossField = fieldOf('interface', 'energy_loss') as Field;

type End = Pick<EntityRecord, 'id' | 'type' | 'title' | 'university_id'>;

interface Props {
  from: End;
  to: End;
  onDone: (created: string | null) => void;
}

function explain(event: KeyboardEvent<HTMLFormElement>): void {
  const isBond = event.target instanceof HTMLInputElement && event.target.type === 'radio';
  event.preventDefault();
  event.stopPropagation();
  event.currentTarget.querySelector<HTMLElement>(`[data-term="${isBond ? 'bond' : 'loss'}"]`)?.click();
}

function EndLine({ label, end, university }: { label: string; end: End; university: string }) {
  return (
    <span className="link-form-end">
      <span className="dim">{label}</span>{' '}
      <span className="link-form-named">
        <strong>{titleOr(end.title, end.type)}</strong>{' '}
        {university !== '' && <span className="link-form-whose">{university}</span>}
      </span>
    </span>
  );
}

function Ends({ from, to, onSwap }: { from: End; to: End; onSwap: () => void }) {
  const { t } = useTranslation('network');
  const universities = useUniversityNames();
  const whose = (end: End): string =>
    end.type === 'university' ? '' : (universities.get(end.university_id ?? '') ?? '');
  return (
    <div className="link-form-ends">
      <EndLine label={t('link.from')} end={from} university={whose(from)} />
      <EndLine label={t('link.to')} end={to} university={whose(to)} />
      <ActionIcon aria-label={t('link.swap')} title={t('link.swap')} onClick={onSwap}>
        <IconArrowsExchange size={16} stroke={1.6} className="link-form-swap" />
      </ActionIcon>
    </div>
  );
}

function Bonds({ bond, onChoose }: { bond: string; onChoose: (bond: string) => void }) {
  return (
    <>
      <div className="link-form-label">
        <Term id="bond" inForm>
          {fieldName('bond_type')}
        </Term>
      </div>
      <Radio.Group aria-label={fieldName('bond_type')} value={bond} onChange={onChoose}>
        {vocabulary.bond_type.map((one) => (
          <Radio
            key={one}
            value={one}
            size="xs"
            // A dialog would begin at its cross.
            {...(one === usualBond ? { 'data-autofocus': true } : {})}
            label={
              <span className="link-form-bond">
                <Loss value={defaultEnergyLoss[one]} bare />
                {choiceName(one)}
              </span>
            }
          />
        ))}
      </Radio.Group>
    </>
  );
}

/** Asks of a link between two records how it is kept and what is lost on it, and creates it. */
export function LinkForm({ from, to, onDone }: Props) {
  const { t } = useTranslation(['network', 'common']);
  const [turned, setTurned] = useState(false);
  const [bond, setBond] = useState<string>(usualBond);
  const [loss, setLoss] = useState(String(defaultEnergyLoss[usualBond]));
  const [busy, setBusy] = useState(false);
  // Drawn once, so that trying again after a lost answer cannot make a second link.
  const id = useRef(newId('interface'));
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input[type="radio"]:checked')?.focus(), []);
  const [a, b] = turned ? [to, from] : [from, to];
  const checked = checkField('interface', lossField, loss);
  const choose = (next: string): void => {
    setBond(next);
    setLoss(String(defaultEnergyLoss[next] ?? loss));
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!checked.ok) return;
    setBusy(true);
    try {
      await createRecord('interface', id.current, newLink(a, b, 'out', bond, checked.value));
      onDone(id.current);
    } catch (error) {
      report(error, t('network:link.failed'));
      setBusy(false);
    }
  };
  const name = { from: titleOr(a.title, a.type), to: titleOr(b.title, b.type) };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- it hears Esc for what is in it
    <form
      ref={form}
      className="link-form"
      aria-label={t('network:link.title', name)}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'F1') explain(event);
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        // Where a word is being explained it closes that alone.
        const term = event.currentTarget.querySelector<HTMLElement>('[data-term][aria-expanded="true"]');
        if (!event.currentTarget.contains(event.target as Node)) return;
        if (term) term.click();
        else onDone(null);
      }}
    >
      <Ends from={a} to={b} onSwap={() => setTurned(!turned)} />
      <Bonds bond={bond} onChoose={choose} />
      <TextInput
        label={
          <Term id="loss" inForm>
            {fieldName('energy_loss')}
          </Term>
        }
        aria-label={fieldName('energy_loss')}
        description={fieldHint('energy_loss')}
        inputMode="decimal"
        value={loss}
        error={checked.ok ? undefined : checked.message}
        rightSection={<span className="field-unit">%</span>}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setLoss(event.currentTarget.value)}
      />
      <div className="dialog-buttons">
        <Button variant="default" onClick={() => onDone(null)}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={busy} disabled={!checked.ok}>
          {t('network:link.create')}
        </Button>
      </div>
    </form>
  );
}

/** Asks how two records shall be linked, the first with the second, and creates the link. */
export function linkTwo(from: EntityRecord, to: EntityRecord): void {
  openDialog({ title: say('grid:linkTitle') }, (close) => <LinkForm from={from} to={to} onDone={close} />);
}
