import { ActionIcon, Checkbox } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { FieldChange } from '#shared/contract/bulk.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { countedRecords, joinWithAnd, titleOr, typeName } from '../../../text/names.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { removeRecords } from '../../records/data/remove.ts';
import type { Named } from '../../records/data/remove.ts';
import { LookupInput } from '../../records/form/LookupInput.tsx';
import { makeStep } from '../../play/step.ts';
import { AmountField, RecordField, StepForm } from './StepForm.tsx';
import styles from '../whatif.module.css';

/** Asks who leaves: people, teams, or a set of them. */
export function askWhoLeaves(): void {
  openDialog({ title: say('whatif:leave.title'), size: 480 }, (close) => <LeaveForm onDone={close} />);
}

const mostMembers = 500;

const membersOf = async (team: string): Promise<Named[]> => {
  const filters = [{ field: 'team_id', op: 'is' as const, value: team }];
  return (await api.entities.list({ type: 'student', filters, limit: mostMembers })).rows;
};

async function leave(leaving: readonly Named[], withMembers: boolean): Promise<boolean> {
  const teams = withMembers ? leaving.filter(({ type }) => type === 'team') : [];
  const members = (await Promise.all(teams.map(({ id }) => membersOf(id)))).flat();
  const all = [...new Map([...leaving, ...members].map((one) => [one.id, one])).values()];
  // Students stay on record, as at the end of their terms.
  if (!all.every(({ type }) => type === 'student')) return removeRecords(all, { retire: true });
  const what =
    all.length > 3
      ? countedRecords('student', all.length)
      : joinWithAnd(all.map(({ title, type }) => titleOr(title, type)));
  const update = { kind: 'update' as const, type: 'student' as const, data: { active: false } };
  await makeStep(
    all.map(({ id }) => ({ ...update, id })),
    say('whatif:leave.done', { what }),
  );
  return true;
}

function LeaveForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('whatif');
  const [leaving, setLeaving] = useState<readonly Named[]>([]);
  const [withMembers, setWithMembers] = useState(true);
  return (
    <StepForm isReady={leaving.length > 0} make={() => leave(leaving, withMembers)} onDone={onDone}>
      <p>{t('whatif:leave.what')}</p>
      <LookupInput
        label={t('whatif:leave.title')}
        types={['team', 'faculty', 'student']}
        id=""
        placeholder={t('panel:links.choose')}
        arrives
        onChoose={(_, one) => one && setLeaving([...leaving.filter(({ id }) => id !== one.id), one])}
      />
      <ul className={styles.leaving} aria-label={t('whatif:leave.title')}>
        {leaving.map((one) => {
          const title = titleOr(one.title, one.type);
          return (
            <li className="stack center gap-8 small" key={one.id}>
              <span className="cut">{title}</span>
              <span className="dim">{typeName(one.type)}</span>
              <ActionIcon
                size={24}
                aria-label={t('whatif:leave.stays', { title })}
                onClick={() => setLeaving(leaving.filter(({ id }) => id !== one.id))}
              >
                <IconX size={14} stroke={1.8} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      {leaving.some(({ type }) => type === 'team') && (
        <Checkbox
          label={t('whatif:leave.members')}
          checked={withMembers}
          onChange={(event) => setWithMembers(event.currentTarget.checked)}
        />
      )}
    </StepForm>
  );
}

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
  const [count, setCount] = useState<number | null>(1);
  const [terms, setTerms] = useState<number | null>(usualTerms);
  const chosen = team !== null && count !== null && terms !== null && ([team, count, terms] as const);
  return (
    <StepForm
      isReady={chosen !== false}
      make={async () => {
        if (chosen) await recruit(...chosen);
      }}
      onDone={onDone}
    >
      <p>{t('whatif:form.recruitWhat')}</p>
      <div className="stack gap-8 fields">
        <RecordField label={typeName('team')} types={['team']} record={team} arrives onChoose={setTeam} />
        <AmountField
          label={t('whatif:form.recruitCount')}
          value={count}
          max={mostNewcomers}
          onChange={setCount}
        />
        <AmountField
          label={t('whatif:form.recruitTerms')}
          value={terms}
          max={mostTerms}
          onChange={setTerms}
        />
      </div>
    </StepForm>
  );
}
