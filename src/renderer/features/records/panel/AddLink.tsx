import { useCallback, useMemo, useId, useState } from 'react';
import { Button, SegmentedControl } from '@mantine/core';
import type { RecordRef, EntityRecord } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { draftKeyOf, dropDraft, setDraftField, useDraft } from '../../../stores/drafts.ts';
import type { Draft } from '../../../stores/drafts.ts';
import { linkableTypes, linkPayload, nearbyIds, usualPlaceholder } from '../linking/links.ts';
import { idForDraft } from './CreatePanel.tsx';
import { reportErrors } from '../../../ui/notices.tsx';
import { useBusy } from '../../../ui/useBusy.ts';
import { createRecord } from '../data/create.ts';
import { checkPassage, PassageInputs } from '../form/LinkPassage.tsx';
import { checkField } from '../form/values.ts';
import type { Raw } from '../form/values.ts';
import { FieldRow } from '../form/FieldRow.tsx';
import { LookupInput } from '../form/LookupInput.tsx';
import { LockedNote } from './DetailsTab.tsx';
import { DuplicateWarning } from './DuplicateWarning.tsx';
import styles from './fields.module.css';

export type OtherEnd = Pick<RecordRef, 'id' | 'type' | 'title'>;

interface LinkDraft {
  other: OtherEnd | null;
  direction: 'out' | 'in';
  bond: string;
  loss: string;
  share: string;
  description: string;
  /** A JSON list of ids. */
  bearers: string;
  importance: string;
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
export function readLinkDraft({ other, direction, ...texts }: Draft): LinkDraft {
  const textOfKey = (key: string): string => (typeof texts[key] === 'string' ? texts[key] : '');
  return {
    other: readOtherEnd(other),
    direction: direction === 'in' ? 'in' : 'out',
    bond: textOfKey('bond'),
    loss: textOfKey('loss'),
    share: textOfKey('share'),
    description: textOfKey('description'),
    bearers: textOfKey('bearers'),
    importance: textOfKey('importance'),
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

/** Fields below the choice of a bond, under the same key in a draft. */
const moreKeys = ['description', 'bearers', 'importance'] as const;
const fieldNamed = (key: string): Field => fieldOf('interface', key) as Field;

const draftKeys = { bond_type: 'bond', energy_loss: 'loss', documented: 'share' } as const;

const textOf = (raw: Raw): string => (typeof raw === 'string' ? raw : '');

/** Adds a link to the record: other end, direction, and how it passes on knowledge. The input is a draft. */
export function AddLink({ record, why, canCancel, takesFocus, onDone }: Props) {
  const { t } = useTexts('panel');
  const hasDraft = useHasLinkDraft(record.id);
  // A restored draft is reported, a draft that is being typed is not.
  const [isRestored] = useState(hasDraft && !takesFocus);
  const { draft, change, getLinkId, drop } = useLinkDraft(record.id);
  const { other, direction, bond, loss, share } = draft;
  const noteId = useId();
  const [from = '', to = ''] = direction === 'out' ? [record.id, other?.id] : [other?.id, record.id];
  const inputs = { bond_type: bond, energy_loss: loss, documented: share };
  const { values, problems } = checkPassage(inputs);
  const isValid = problems.size === 0;
  const [isSaving, save] = useBusy(() =>
    reportErrors(async () => {
      if (!other || !isValid || why !== null) return;
      const more = Object.fromEntries(
        moreKeys.flatMap((key) => {
          const result = checkField('interface', fieldNamed(key), draft[key]);
          return result.ok ? [[key, result.value] as const] : [];
        }),
      );
      const payload = linkPayload(record, other, direction, { ...values, ...more });
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
        <DuplicateWarning type="interface" inputs={{ from, to }} />
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
        <PassageInputs inputs={inputs} onChange={(key, raw) => change({ [draftKeys[key]]: textOf(raw) })} />
        {moreKeys.map((key) => (
          <FieldRow
            key={key}
            type="interface"
            field={fieldNamed(key)}
            raw={draft[key]}
            near={nearbyIds({ from, to }, key)}
            placeholder={usualPlaceholder(fieldNamed(key), undefined)}
            onChange={(raw) => change({ [key]: textOf(raw) })}
          />
        ))}
      </fieldset>
      <div className="dialog-buttons">
        <Button disabled={isSaving || !canCancel} onClick={cancel}>
          {t('common:cancel')}
        </Button>
        <Button
          variant="filled"
          type="submit"
          disabled={why !== null || !other || !isValid}
          loading={isSaving}
        >
          {t('panel:links.add')}
        </Button>
      </div>
    </form>
  );
}
