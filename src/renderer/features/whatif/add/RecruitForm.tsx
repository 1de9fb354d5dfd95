import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import type { FieldChange } from '#shared/contract/bulk.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { titleOr, typeName } from '../../../text/names.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { FormEnd } from '../../../ui/FormEnd.tsx';
import { useSubmit } from '../../../ui/useSubmit.ts';
import { makeStep } from '../../play/step.ts';
import { LookupInput } from '../../records/form/LookupInput.tsx';

/** Asks which team newcomers join, and how many. */
export function askWhoJoins(): void {
  openDialog({ title: say('whatif:form.recruit'), size: 480 }, (close) => <RecruitForm onDone={close} />);
}

const mostNewcomers = 100;
const [usualTerms, mostTerms] = [4, 40];

async function recruit(team: RecordRef, count: number, terms: number): Promise<void> {
  const title = titleOr(team.title, 'team');
  const data = {
    name: say('insights:newMember', { team: title }),
    university_id: team.university_id ?? null,
    team_id: team.id,
    terms_remaining: terms,
  };
  await makeStep(
    Array.from({ length: count }, (): FieldChange => ({ kind: 'create', type: 'student', data })),
    say('whatif:form.recruited', { count, team: title }),
  );
}

function RecruitForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('whatif');
  const [team, setTeam] = useState<RecordRef | null>(null);
  const [count, setCount] = useState<number | string>(1);
  const [terms, setTerms] = useState<number | string>(usualTerms);
  const isReady = team !== null && typeof count === 'number' && typeof terms === 'number';
  const { saving, failure, onSubmit } = useSubmit(async () => {
    if (!isReady) return;
    await recruit(team, count, terms);
    onDone();
  });
  const number = (
    label: string,
    value: number | string,
    set: (value: number | string) => void,
    most: number,
  ) => (
    <div className="stack top gap-2-8 small mb-4 field">
      <span className="small dim self-center">{label}</span>
      <NumberInput
        aria-label={label}
        min={1}
        max={most}
        allowDecimal={false}
        clampBehavior="strict"
        value={value}
        onChange={set}
      />
    </div>
  );
  return (
    <form className="column gap-12 action-form" autoComplete="off" onSubmit={onSubmit}>
      <p>{t('whatif:form.recruitWhat')}</p>
      <div className="stack gap-8 fields">
        <div className="stack top gap-2-8 small mb-4 field">
          <span className="small dim self-center">{typeName('team')}</span>
          <LookupInput
            label={typeName('team')}
            types={['team']}
            id={team?.id ?? ''}
            title={team?.title}
            arrives
            placeholder={t('panel:links.choose')}
            onChoose={(_, one) => setTeam(one)}
          />
        </div>
        {number(t('whatif:form.recruitCount'), count, setCount, mostNewcomers)}
        {number(t('whatif:form.recruitTerms'), terms, setTerms, mostTerms)}
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
