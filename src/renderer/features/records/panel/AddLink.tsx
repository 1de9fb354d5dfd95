import { useCallback, useMemo, useId, useState } from 'react';
import { Button, SegmentedControl } from '@mantine/core';
import type { FormEvent } from 'react';
import type { RecordRef, EntityRecord } from '#shared/contract/record.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { draftOf, dropDraft, keepDraft, useDraft } from '../../../stores/drafts.ts';
import type { Draft } from '../../../stores/drafts.ts';
import { endTypes, usualBond, newLink } from '../linking/links.ts';
import { idForDraft } from './CreatePanel.tsx';
import { reportError } from '../../../ui/notices.tsx';
import { createRecord } from '../data/create.ts';
import { checkField } from '../form/values.ts';
import { FieldRow } from '../form/FieldRow.tsx';
import type { Raw } from '../form/values.ts';
import { LookupInput } from '../form/LookupInput.tsx';
import { LockedNote } from './DetailsTab.tsx';
import styles from './fields.module.css';

export type OtherEnd = Pick<RecordRef, 'id' | 'type' | 'title'>;

interface LinkDraft {
  other: OtherEnd | null;
  direction: 'out' | 'in';
  bond: string;
  loss: string;
}

function readEnd(kept: Json | undefined): OtherEnd | null {
  if (kept === undefined || !isJsonObject(kept)) return null;
  const { id, title } = kept;
  const type = endTypes.find((one) => one === kept['type']);
  return typeof id === 'string' && id !== '' && type !== undefined
    ? { id, type, title: typeof title === 'string' ? title : '' }
    : null;
}

/** A stored draft in form values; missing or unusable parts are as in an empty form. */
export function readLinkDraft({ other, direction, bond, loss }: Draft): LinkDraft {
  return {
    other: readEnd(other),
    direction: direction === 'in' ? 'in' : 'out',
    bond: typeof bond === 'string' ? bond : usualBond,
    loss: typeof loss === 'string' ? loss : String(defaultEnergyLoss[usualBond]),
  };
}

const empty = readLinkDraft({});

export function useLinkBegun(record: string): boolean {
  return Object.keys(useDraft(draftOf.link(record))).length > 0;
}

function useLinkDraft(record: string) {
  const key = draftOf.link(record);
  const kept = useDraft(key);
  return {
    draft: useMemo(() => readLinkDraft(kept), [kept]),
    change: useCallback(
      ({ other, ...texts }: Partial<LinkDraft>) => {
        if (other !== undefined) {
          if (other === null) dropDraft(key, 'other');
          else keepDraft(key, 'other', { id: other.id, type: other.type, title: other.title });
        }
        for (const [field, text] of Object.entries(texts)) {
          if (text === empty[field as keyof typeof texts]) dropDraft(key, field);
          else keepDraft(key, field, text);
        }
      },
      [key],
    ),
    id: () => idForDraft(key, 'interface'),
    drop: () => dropDraft(key),
  };
}

interface Props {
  record: EntityRecord;
  why: string | null;
  mayGiveUp: boolean;
  arrives: boolean;
  onDone: () => void;
}

const bondField = fieldOf('interface', 'bond_type') as Field;
const lossField = fieldOf('interface', 'energy_loss') as Field;

const text = (raw: Raw): string => (typeof raw === 'string' ? raw : '');

/** Adds a link to the record: other end, direction, bond and loss. The input is a draft. */
export function AddLink({ record, why, mayGiveUp, arrives, onDone }: Props) {
  const { t } = useTexts('panel');
  const begun = useLinkBegun(record.id);
  // Reported for a restored draft, not while typing.
  const [returned] = useState(begun && !arrives);
  const { draft, change, id, drop } = useLinkDraft(record.id);
  const { other, direction, bond, loss } = draft;
  const [busy, setBusy] = useState(false);
  const note = useId();
  const checked = checkField('interface', lossField, loss);
  const chooseBond = (raw: Raw): void => {
    const usual = typeof raw === 'string' ? defaultEnergyLoss[raw] : undefined;
    change({ bond: text(raw), ...(usual === undefined ? {} : { loss: String(usual) }) });
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!other || !checked.ok || why !== null) return;
    setBusy(true);
    try {
      await createRecord('interface', id(), newLink(record, other, direction, bond, checked.value));
      drop();
      onDone();
    } catch (error) {
      reportError(error);
    } finally {
      setBusy(false);
    }
  };
  const giveUp = (): void => {
    drop();
    onDone();
  };
  return (
    <form
      className={`card px-12 py-8 full on-bg ${styles.addLink} fields`}
      autoComplete="off"
      onSubmit={(event) => void submit(event)}
    >
      {why !== null && <LockedNote id={note} why={why} />}
      {returned && begun && why === null && <p className="tiny dim mb-8">{t('panel:links.begun')}</p>}
      <fieldset disabled={why !== null || busy} {...(why === null ? {} : { 'aria-describedby': note })}>
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="row gap-4 dim high-32">{t('panel:links.with')}</span>
          <LookupInput
            label={t('panel:links.with')}
            types={endTypes}
            id={other?.id ?? ''}
            title={other?.title}
            except={record.id}
            arrives={arrives}
            placeholder={t('panel:links.choose')}
            onChoose={(_, chosen) => change({ other: chosen })}
          />
        </div>
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="row gap-4 dim high-32">{t('panel:links.direction')}</span>
          <SegmentedControl
            size="xs"
            value={direction}
            disabled={why !== null || busy}
            onChange={(next) => change({ direction: next === 'in' ? 'in' : 'out' })}
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
          onChange={(raw) => change({ loss: text(raw) })}
        />
      </fieldset>
      <div className="dialog-buttons">
        <Button variant="default" disabled={busy || !mayGiveUp} onClick={giveUp}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={why !== null || !other || !checked.ok} loading={busy}>
          {t('panel:links.add')}
        </Button>
      </div>
    </form>
  );
}
