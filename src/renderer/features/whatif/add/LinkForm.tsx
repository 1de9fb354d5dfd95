import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FieldChange } from '#shared/contract/bulk.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { displayTitle, fieldName, typeName } from '../../../text/names.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { newId } from '../../records/data/create.ts';
import { removeRecords } from '../../records/data/remove.ts';
import {
  changedPassage,
  checkPassage,
  emptyPassage,
  PassageInputs,
  passageInputs,
} from '../../records/form/LinkPassage.tsx';
import { linkableTypes, linkPayload } from '../../records/linking/links.ts';
import { applyStep } from '../../play/kept-changes.ts';
import { defaultDocumented } from '../../insights/repair-changes.ts';
import { AmountField, LabelledRow, LinkField, RecordField, StepForm } from './StepForm.tsx';
import type { LinkRecord } from './StepForm.tsx';

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

interface LinkInput {
  /** The link to strengthen or cut; the source or team of a new link. */
  subject: RecordRef;
  otherEnd: RecordRef | null;
  /** The name of a mentor without a record. */
  name: string;
  passage: JsonObject;
}

const nameOf = ({ title, type }: Pick<RecordRef, 'title' | 'type'>): string => displayTitle(title, type);

async function saveLink(kind: Kind, { subject, otherEnd, name, passage }: LinkInput): Promise<void> {
  if (kind === 'strengthen') {
    await applyStep(
      [{ kind: 'update', type: 'interface', id: subject.id, data: passage }],
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
  const data = linkPayload(subject, other, kind === 'mentor' ? 'in' : 'out', passage);
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
  const [link, setLink] = useState<LinkRecord | null>(null);
  const [name, setName] = useState('');
  const [inputs, setInputs] = useState(emptyPassage);
  const { values, problems } = checkPassage(inputs);
  const changes = changedPassage(values, link?.payload);
  const hasNewMentor = kind === 'mentor' && secondRecord === null && name.trim() !== '';
  const needsBothEnds = kind === 'mentor' || kind === 'link';
  const subject = needsBothEnds ? firstRecord : link;
  const isReady =
    subject !== null &&
    (kind === 'cut' || (problems.size === 0 && Object.keys(changes).length > 0)) &&
    (!needsBothEnds || secondRecord !== null || hasNewMentor);
  const makeLinkStep = async (): Promise<boolean | void> => {
    if (!isReady) return false;
    if (kind === 'cut') return removeRecords([subject]);
    return saveLink(kind, {
      subject,
      otherEnd: secondRecord,
      name: name.trim(),
      passage: changes,
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
          <LinkField
            endId={firstRecord.id}
            linkId={link?.id ?? ''}
            onChoose={(chosen) => {
              setLink(chosen);
              setInputs(passageInputs(chosen?.payload ?? {}));
            }}
          />
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
          <PassageInputs
            key={link?.id}
            inputs={inputs}
            onChange={(key, raw) => setInputs({ ...inputs, [key]: raw })}
          />
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
