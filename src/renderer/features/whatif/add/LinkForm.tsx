import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FieldChange } from '#shared/contract/bulk.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { displayTitle, fieldName, typeName } from '../../../text/names.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { newId } from '../../records/data/create.ts';
import { removeRecords } from '../../records/data/remove.ts';
import { FieldRow } from '../../records/form/FieldRow.tsx';
import { checkField } from '../../records/form/values.ts';
import { linkableTypes, linkPayload } from '../../records/linking/links.ts';
import { applyStep } from '../../play/kept-changes.ts';
import { defaultDocumented } from '../../insights/repair-changes.ts';
import { AmountField, LabelledRow, LinkField, RecordField, StepForm } from './StepForm.tsx';

type Kind = 'strengthen' | 'cut' | 'mentor' | 'link';

export function askForLinkStep(kind: Kind): void {
  openDialog({ title: say(`whatif:form.${kind}`), size: 520 }, (close) => (
    <LinkForm kind={kind} onDone={close} />
  ));
}

/** The inputs: for `strengthen` and `cut` a record, then one of its links; otherwise both ends of a new link. */
const recordInputs = {
  strengthen: [{ what: 'end', types: linkableTypes }],
  cut: [{ what: 'end', types: linkableTypes }],
  mentor: [
    { what: 'team', types: ['team'] },
    { what: 'mentor', types: ['faculty'] },
  ],
  link: [
    { what: 'from', types: linkableTypes },
    { what: 'to', types: linkableTypes },
  ],
} as const satisfies Record<Kind, readonly { what: string; types: readonly EntityType[] }[]>;

const bondField = fieldOf('interface', 'bond_type') as Field;
const lossField = fieldOf('interface', 'energy_loss') as Field;

interface LinkInput {
  /** The link to strengthen or cut; the source or team of a new link. */
  subject: RecordRef;
  otherEnd: RecordRef | null;
  /** The name of a mentor without a record. */
  name: string;
  bond: string;
  loss: Json | undefined;
}

const nameOf = ({ title, type }: Pick<RecordRef, 'title' | 'type'>): string => displayTitle(title, type);

async function saveLink(kind: Kind, { subject, otherEnd, name, bond, loss }: LinkInput): Promise<void> {
  if (kind === 'strengthen') {
    const data = {
      ...(bond.trim() === '' ? {} : { bond_type: bond.trim() }),
      ...(typeof loss === 'number' ? { energy_loss: loss } : {}),
    };
    await applyStep(
      [{ kind: 'update', type: 'interface', id: subject.id, data }],
      say('whatif:form.strengthened', { title: nameOf(subject) }),
    );
    return;
  }
  const newMentor = { id: newId('faculty'), type: 'faculty' as const, title: name };
  const other = otherEnd ?? newMentor;
  const mentorChanges: FieldChange[] =
    otherEnd === null
      ? [
          {
            kind: 'create',
            type: 'faculty',
            id: newMentor.id,
            data: { name, role: 'industry-mentor', university_id: subject.university_id ?? null },
          },
        ]
      : [];
  // A mentor's knowledge flows to the team.
  const data = linkPayload(subject, other, kind === 'mentor' ? 'in' : 'out', bond, loss);
  const ends = kind === 'mentor' ? [other, subject] : [subject, other];
  await applyStep(
    [...mentorChanges, { kind: 'create', type: 'interface', data }],
    say('whatif:form.linked', { from: nameOf(ends[0] ?? subject), to: nameOf(ends[1] ?? other) }),
  );
}

function LinkForm({ kind, onDone }: { kind: Kind; onDone: () => void }) {
  const { t } = useTexts('whatif');
  const [[firstRecord, secondRecord], setRecords] = useState<readonly [RecordRef | null, RecordRef | null]>([
    null,
    null,
  ]);
  const [link, setLink] = useState<RecordRef | null>(null);
  const [name, setName] = useState('');
  const [bond, setBond] = useState('');
  const [loss, setLoss] = useState('');
  const lossCheck = checkField('interface', lossField, loss);
  const hasNewMentor = kind === 'mentor' && secondRecord === null && name.trim() !== '';
  const needsBothEnds = kind === 'mentor' || kind === 'link';
  const subject = needsBothEnds ? firstRecord : link;
  const isReady =
    subject !== null &&
    lossCheck.ok &&
    (kind === 'cut' || bond.trim() !== '' || loss.trim() !== '') &&
    (!needsBothEnds || secondRecord !== null || hasNewMentor);
  const makeLinkStep = async (): Promise<boolean | void> => {
    if (subject === null || !lossCheck.ok) return false;
    if (kind === 'cut') return removeRecords([subject]);
    return saveLink(kind, {
      subject,
      otherEnd: secondRecord,
      name: name.trim(),
      bond,
      loss: lossCheck.value,
    });
  };
  return (
    <StepForm isReady={isReady} makeStep={makeLinkStep} onDone={onDone}>
      {kind === 'mentor' && <p>{t('whatif:form.mentorWhat')}</p>}
      <div className="stack gap-8 fields">
        {recordInputs[kind].map(({ what, types }, index) => {
          const label =
            what === 'team'
              ? typeName('team')
              : what === 'from' || what === 'to'
                ? fieldName(what)
                : t(`whatif:form.choose.${what}`);
          return (
            <RecordField
              key={what}
              label={label}
              types={types}
              record={index === 0 ? firstRecord : secondRecord}
              optional={kind === 'mentor' && index === 1}
              excludedIds={(index === 0 ? secondRecord : firstRecord)?.id ?? ''}
              takesFocus={index === 0}
              onChoose={(record) => {
                setRecords(index === 0 ? [record, secondRecord] : [firstRecord, record]);
                setLink(null);
              }}
            />
          );
        })}
        {!needsBothEnds && firstRecord !== null && (
          <LinkField endId={firstRecord.id} linkId={link?.id ?? ''} onChoose={setLink} />
        )}
        {kind === 'mentor' && secondRecord === null && (
          <LabelledRow label={t('whatif:form.mentorNew')}>
            <TextInput
              aria-label={t('whatif:form.mentorNew')}
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </LabelledRow>
        )}
        {kind !== 'cut' && (
          <>
            <FieldRow
              type="interface"
              field={bondField}
              raw={bond}
              onChange={(raw) => {
                const nextBond = typeof raw === 'string' ? raw : '';
                setBond(nextBond);
                const defaultLoss = defaultEnergyLoss[nextBond];
                if (defaultLoss !== undefined) setLoss(String(defaultLoss));
              }}
            />
            <FieldRow
              type="interface"
              field={lossField}
              raw={loss}
              problem={lossCheck.ok ? undefined : lossCheck.message}
              onChange={(raw) => setLoss(typeof raw === 'string' ? raw : '')}
            />
          </>
        )}
      </div>
    </StepForm>
  );
}

export function askWhatIsDocumented(): void {
  openDialog({ title: say('whatif:form.document'), size: 520 }, (close) => <DocumentForm onDone={close} />);
}

function DocumentForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('whatif');
  const [end, setEnd] = useState<RecordRef | null>(null);
  const [link, setLink] = useState<RecordRef | null>(null);
  const [share, setShare] = useState<number | null>(defaultDocumented);
  const documentLink = async (): Promise<void> => {
    if (link === null) return;
    await applyStep(
      [{ kind: 'update', type: 'interface', id: link.id, data: { documented: share } }],
      say('whatif:form.documented', { title: nameOf(link) }),
    );
  };
  return (
    <StepForm isReady={link !== null && share !== null} makeStep={documentLink} onDone={onDone}>
      <div className="stack gap-8 fields">
        <RecordField
          label={t('whatif:form.choose.end')}
          types={linkableTypes}
          record={end}
          takesFocus
          onChoose={(record) => {
            setEnd(record);
            setLink(null);
          }}
        />
        {end !== null && <LinkField endId={end.id} linkId={link?.id ?? ''} onChoose={setLink} />}
        <AmountField
          label={t('whatif:form.share')}
          value={share}
          min={0}
          max={100}
          suffix={'\u00a0%'}
          onChange={setShare}
        />
      </div>
    </StepForm>
  );
}
