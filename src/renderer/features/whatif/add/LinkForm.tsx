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
import { titleOr, fieldName, typeName } from '../../../text/names.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { newId } from '../../records/data/create.ts';
import { removeRecords } from '../../records/data/remove.ts';
import { FieldRow } from '../../records/form/FieldRow.tsx';
import { checkField } from '../../records/form/values.ts';
import { endTypes, newLink, usualBond } from '../../records/linking/links.ts';
import { makeStep } from '../../play/step.ts';
import { usualWritten } from '../../insights/repair.ts';
import { AmountField, Labelled, LinkField, RecordField, StepForm } from './StepForm.tsx';

type Kind = 'strengthen' | 'cut' | 'mentor' | 'link';

export function askForLinkStep(kind: Kind): void {
  openDialog({ title: say(`whatif:form.${kind}`), size: 520 }, (close) => (
    <LinkForm kind={kind} onDone={close} />
  ));
}

/** The inputs: for `strengthen` and `cut` a record, then one of its links; otherwise the two ends. */
const choices = {
  strengthen: [{ what: 'end', types: endTypes }],
  cut: [{ what: 'end', types: endTypes }],
  mentor: [
    { what: 'team', types: ['team'] },
    { what: 'mentor', types: ['faculty'] },
  ],
  link: [
    { what: 'from', types: endTypes },
    { what: 'to', types: endTypes },
  ],
} as const satisfies Record<Kind, readonly { what: string; types: readonly EntityType[] }[]>;

const bondField = fieldOf('interface', 'bond_type') as Field;
const lossField = fieldOf('interface', 'energy_loss') as Field;

interface Chosen {
  first: RecordRef;
  second: RecordRef | null;
  /** For a mentor without a record. */
  name: string;
  bond: string;
  loss: Json | undefined;
}

const nameOf = ({ title, type }: Pick<RecordRef, 'title' | 'type'>): string => titleOr(title, type);

async function make(kind: Kind, { first, second, name, bond, loss }: Chosen): Promise<void> {
  if (kind === 'strengthen') {
    const data = { bond_type: bond, ...(typeof loss === 'number' ? { energy_loss: loss } : {}) };
    await makeStep(
      [{ kind: 'update', type: 'interface', id: first.id, data }],
      say('whatif:form.strengthened', { title: nameOf(first) }),
    );
    return;
  }
  const made = { id: newId('faculty'), type: 'faculty' as const, title: name };
  const other = second ?? made;
  const mentor: FieldChange[] =
    second === null
      ? [
          {
            kind: 'create',
            type: 'faculty',
            id: made.id,
            data: { name, role: 'industry-mentor', university_id: first.university_id ?? null },
          },
        ]
      : [];
  // A mentor's knowledge flows to the team.
  const data = newLink(first, other, kind === 'mentor' ? 'in' : 'out', bond, loss);
  const ends = kind === 'mentor' ? [other, first] : [first, other];
  await makeStep(
    [...mentor, { kind: 'create', type: 'interface', data }],
    say('whatif:form.linked', { from: nameOf(ends[0] ?? first), to: nameOf(ends[1] ?? other) }),
  );
}

function LinkForm({ kind, onDone }: { kind: Kind; onDone: () => void }) {
  const { t } = useTexts('whatif');
  const [[first, second], setChosen] = useState<readonly [RecordRef | null, RecordRef | null]>([null, null]);
  const [link, setLink] = useState<RecordRef | null>(null);
  const [name, setName] = useState('');
  const [bond, setBond] = useState<string>(usualBond);
  const [loss, setLoss] = useState(String(defaultEnergyLoss[usualBond]));
  const checked = checkField('interface', lossField, loss);
  const isNew = kind === 'mentor' && second === null && name.trim() !== '';
  const needsTwo = kind === 'mentor' || kind === 'link';
  const subject = needsTwo ? first : link;
  const isReady = subject !== null && checked.ok && (!needsTwo || second !== null || isNew);
  const makeLinkStep = async (): Promise<boolean | void> => {
    if (subject === null || !checked.ok) return false;
    if (kind === 'cut') return removeRecords([subject]);
    return make(kind, { first: subject, second, name: name.trim(), bond, loss: checked.value });
  };
  return (
    <StepForm isReady={isReady} make={makeLinkStep} onDone={onDone}>
      {kind === 'mentor' && <p>{t('whatif:form.mentorWhat')}</p>}
      <div className="stack gap-8 fields">
        {choices[kind].map(({ what, types }, at) => {
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
              record={at === 0 ? first : second}
              optional={kind === 'mentor' && at === 1}
              except={(at === 0 ? second : first)?.id ?? ''}
              arrives={at === 0}
              onChoose={(one) => {
                setChosen(at === 0 ? [one, second] : [first, one]);
                setLink(null);
              }}
            />
          );
        })}
        {!needsTwo && first !== null && <LinkField end={first.id} link={link?.id ?? ''} onChoose={setLink} />}
        {kind === 'mentor' && second === null && (
          <Labelled label={t('whatif:form.mentorNew')}>
            <TextInput
              aria-label={t('whatif:form.mentorNew')}
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </Labelled>
        )}
        {kind !== 'cut' && (
          <>
            <FieldRow
              type="interface"
              field={bondField}
              raw={bond}
              onChange={(raw) => {
                const next = typeof raw === 'string' ? raw : '';
                setBond(next);
                const usual = defaultEnergyLoss[next];
                if (usual !== undefined) setLoss(String(usual));
              }}
            />
            <FieldRow
              type="interface"
              field={lossField}
              raw={loss}
              problem={checked.ok ? undefined : checked.message}
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
  const [share, setShare] = useState<number | null>(usualWritten);
  const makeDocumented = async (): Promise<void> => {
    if (link === null) return;
    await makeStep(
      [{ kind: 'update', type: 'interface', id: link.id, data: { documented: share } }],
      say('whatif:form.documented', { title: nameOf(link) }),
    );
  };
  return (
    <StepForm isReady={link !== null && share !== null} make={makeDocumented} onDone={onDone}>
      <div className="stack gap-8 fields">
        <RecordField
          label={t('whatif:form.choose.end')}
          types={endTypes}
          record={end}
          arrives
          onChoose={(one) => {
            setEnd(one);
            setLink(null);
          }}
        />
        {end !== null && <LinkField end={end.id} link={link?.id ?? ''} onChoose={setLink} />}
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
