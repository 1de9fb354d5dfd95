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
import { FormEnd } from '../../../ui/FormEnd.tsx';
import { useSubmit } from '../../../ui/useSubmit.ts';
import { newId } from '../../records/data/create.ts';
import { removeRecords } from '../../records/data/remove.ts';
import { FieldRow } from '../../records/form/FieldRow.tsx';
import { LookupInput } from '../../records/form/LookupInput.tsx';
import { checkField } from '../../records/form/values.ts';
import { endTypes, newLink, usualBond } from '../../records/linking/links.ts';
import { makeStep } from '../../play/step.ts';
import { LinkChoice } from './LinkChoice.tsx';

type Kind = 'strengthen' | 'cut' | 'mentor' | 'link';

/** Asks for a step that creates, changes or cuts a link. */
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
  const { saving, failure, onSubmit } = useSubmit(async () => {
    if (subject === null || !checked.ok || !isReady) return;
    if (kind === 'cut') {
      if (!(await removeRecords([subject]))) return;
    } else await make(kind, { first: subject, second, name: name.trim(), bond, loss: checked.value });
    onDone();
  });
  return (
    <form className="column gap-12 action-form" autoComplete="off" onSubmit={onSubmit}>
      {kind === 'mentor' && <p>{t('whatif:form.mentorWhat')}</p>}
      <div className="stack gap-8 fields">
        {choices[kind].map(({ what, types }, at) => {
          const label =
            what === 'team'
              ? typeName('team')
              : what === 'from' || what === 'to'
                ? fieldName(what)
                : t(`whatif:form.choose.${what}`);
          const chosen = at === 0 ? first : second;
          return (
            <div key={what} className="stack top gap-2-8 small mb-4 field">
              <span className="small dim self-center">{label}</span>
              <LookupInput
                label={label}
                types={types}
                id={chosen?.id ?? ''}
                title={chosen?.title}
                optional={kind === 'mentor' && at === 1}
                except={(at === 0 ? second : first)?.id ?? ''}
                arrives={at === 0}
                placeholder={t('panel:links.choose')}
                onChoose={(_, one) => {
                  setChosen(at === 0 ? [one, second] : [first, one]);
                  setLink(null);
                }}
              />
            </div>
          );
        })}
        {!needsTwo && first !== null && (
          <LinkChoice end={first.id} link={link?.id ?? ''} onChoose={setLink} />
        )}
        {kind === 'mentor' && second === null && (
          <div className="stack top gap-2-8 small mb-4 field">
            <span className="small dim self-center">{t('whatif:form.mentorNew')}</span>
            <TextInput
              aria-label={t('whatif:form.mentorNew')}
              value={name}
              maxLength={200}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </div>
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
      <FormEnd
        failure={failure}
        save={t('whatif:addAsStep')}
        saving={saving}
        blocked={!isReady}
        onCancel={onDone}
      />
    </form>
  );
}
