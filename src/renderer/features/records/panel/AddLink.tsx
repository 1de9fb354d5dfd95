import { useCallback, useMemo, useId, useState } from 'react';
import { Button, SegmentedControl } from '@mantine/core';
import type { RecordRef, EntityRecord } from '#shared/contract/record.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { draftKeyOf, dropDraft, setDraftField, useDraft } from '../../../stores/drafts.ts';
import type { Draft } from '../../../stores/drafts.ts';
import { linkableTypes, linkPayload } from '../linking/links.ts';
import { idForDraft } from './CreatePanel.tsx';
import { reportErrors } from '../../../ui/notices.tsx';
import { useBusy } from '../../../ui/useBusy.ts';
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

function readOtherEnd(stored: Json | undefined): OtherEnd | null {
  if (stored === undefined || !isJsonObject(stored)) return null;
  const { id, title } = stored;
  const type = linkableTypes.find((one) => one === stored['type']);
  return typeof id === 'string' && id !== '' && type !== undefined
    ? { id, type, title: typeof title === 'string' ? title : '' }
    : null;
}

/** A stored draft in form values; missing or unusable parts are as in an empty form. */
export function readLinkDraft({ other, direction, bond, loss }: Draft): LinkDraft {
  return {
    other: readOtherEnd(other),
    direction: direction === 'in' ? 'in' : 'out',
    bond: typeof bond === 'string' ? bond : '',
    loss: typeof loss === 'string' ? loss : '',
  };
}

const emptyDraft = readLinkDraft({});

export function useHasLinkDraft(record: string): boolean {
  return Object.keys(useDraft(draftKeyOf.link(record))).length > 0;
}

function useLinkDraft(record: string) {
  const key = draftKeyOf.link(record);
  const stored = useDraft(key);
  return {
    draft: useMemo(() => readLinkDraft(stored), [stored]),
    change: useCallback(
      ({ other, ...texts }: Partial<LinkDraft>) => {
        if (other !== undefined) {
          if (other === null) dropDraft(key, 'other');
          else setDraftField(key, 'other', { id: other.id, type: other.type, title: other.title });
        }
        for (const [field, text] of Object.entries(texts)) {
          if (text === emptyDraft[field as keyof typeof texts]) dropDraft(key, field);
          else setDraftField(key, field, text);
        }
      },
      [key],
    ),
    getLinkId: () => idForDraft(key, 'interface'),
    drop: () => dropDraft(key),
  };
}

interface Props {
  record: EntityRecord;
  /** Why no link can be added; null if one can. */
  why: string | null;
  canCancel: boolean;
  takesFocus: boolean;
  onDone: () => void;
}

const bondField = fieldOf('interface', 'bond_type') as Field;
const lossField = fieldOf('interface', 'energy_loss') as Field;

const textOf = (raw: Raw): string => (typeof raw === 'string' ? raw : '');

/** Adds a link to the record: other end, direction, bond and loss. The input is a draft. */
export function AddLink({ record, why, canCancel, takesFocus, onDone }: Props) {
  const { t } = useTexts('panel');
  const hasDraft = useHasLinkDraft(record.id);
  // A restored draft is reported, a draft that is being typed is not.
  const [isRestored] = useState(hasDraft && !takesFocus);
  const { draft, change, getLinkId, drop } = useLinkDraft(record.id);
  const { other, direction, bond, loss } = draft;
  const noteId = useId();
  const lossCheck = checkField('interface', lossField, loss);
  const chooseBond = (raw: Raw): void => {
    const defaultLoss = typeof raw === 'string' ? defaultEnergyLoss[raw] : undefined;
    change({ bond: textOf(raw), ...(defaultLoss === undefined ? {} : { loss: String(defaultLoss) }) });
  };
  const [isSaving, save] = useBusy(() =>
    reportErrors(async () => {
      if (!other || !lossCheck.ok || why !== null) return;
      const payload = linkPayload(record, other, direction, bond, lossCheck.value);
      await createRecord('interface', getLinkId(), payload);
      drop();
      onDone();
    }),
  );
  const cancel = (): void => {
    drop();
    onDone();
  };
  return (
    <form
      className={`card px-12 py-8 full on-bg ${styles.addLink} fields`}
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {why !== null && <LockedNote id={noteId} why={why} />}
      {isRestored && hasDraft && why === null && <p className="tiny dim mb-8">{t('panel:links.begun')}</p>}
      <fieldset disabled={why !== null || isSaving} {...(why === null ? {} : { 'aria-describedby': noteId })}>
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="row gap-4 dim high-32">{t('panel:links.with')}</span>
          <LookupInput
            label={t('panel:links.with')}
            types={linkableTypes}
            id={other?.id ?? ''}
            title={other?.title}
            excludedIds={record.id}
            takesFocus={takesFocus}
            placeholder={t('panel:links.choose')}
            onChoose={(_, chosen) => change({ other: chosen })}
          />
        </div>
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="row gap-4 dim high-32">{t('panel:links.direction')}</span>
          <SegmentedControl
            value={direction}
            disabled={why !== null || isSaving}
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
          problem={lossCheck.ok ? undefined : lossCheck.message}
          onChange={(raw) => change({ loss: textOf(raw) })}
        />
      </fieldset>
      <div className="dialog-buttons">
        <Button disabled={isSaving || !canCancel} onClick={cancel}>
          {t('common:cancel')}
        </Button>
        <Button
          variant="filled"
          type="submit"
          disabled={why !== null || !other || !lossCheck.ok}
          loading={isSaving}
        >
          {t('panel:links.add')}
        </Button>
      </div>
    </form>
  );
}
