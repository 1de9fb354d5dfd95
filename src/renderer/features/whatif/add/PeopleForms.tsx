import { ActionIcon, Checkbox } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { FieldChange } from '#shared/contract/bulk.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { countedRecords, joinWithAnd, displayTitle, typeName } from '../../../text/names.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { removeRecords } from '../../records/data/remove.ts';
import type { RemovalTarget } from '../../records/data/remove.ts';
import { LookupInput } from '../../records/form/LookupInput.tsx';
import { applyStep } from '../../play/kept-changes.ts';
import { AmountField, RecordField, StepForm } from './StepForm.tsx';
import styles from '../whatif.module.css';

/** Asks who leaves: people, teams, or a set of them. */
export function askWhoLeaves(): void {
  openDialog({ title: say('whatif:leave.title'), size: 480 }, (close) => <LeaveForm onDone={close} />);
}

const maxMembers = 500;

const membersOf = async (team: string): Promise<RemovalTarget[]> => {
  const filters = [{ field: 'team_id', op: 'is' as const, value: team }];
  return (await api.entities.list({ type: 'student', filters, limit: maxMembers })).rows;
};

async function makeLeaveStep(records: readonly RemovalTarget[], includesMembers: boolean): Promise<boolean> {
  const teams = includesMembers ? records.filter(({ type }) => type === 'team') : [];
  const members = (await Promise.all(teams.map(({ id }) => membersOf(id)))).flat();
  const leavers = [...new Map([...records, ...members].map((record) => [record.id, record])).values()];
  // Students alone are not deleted: they become inactive, as at the end of their terms.
  if (!leavers.every(({ type }) => type === 'student')) return removeRecords(leavers, { retire: true });
  const what =
    leavers.length > 3
      ? countedRecords('student', leavers.length)
      : joinWithAnd(leavers.map(({ title, type }) => displayTitle(title, type)));
  const update = { kind: 'update' as const, type: 'student' as const, data: { active: false } };
  await applyStep(
    leavers.map(({ id }) => ({ ...update, id })),
    say('whatif:leave.done', { what }),
  );
  return true;
}

function LeaveForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('whatif');
  const [leavers, setLeavers] = useState<readonly RemovalTarget[]>([]);
  const [includesMembers, setIncludesMembers] = useState(true);
  return (
    <StepForm
      isReady={leavers.length > 0}
      makeStep={() => makeLeaveStep(leavers, includesMembers)}
      onDone={onDone}
    >
      <p>{t('whatif:leave.what')}</p>
      <LookupInput
        label={t('whatif:leave.title')}
        types={['team', 'faculty', 'student']}
        id=""
        placeholder={t('panel:links.choose')}
        takesFocus
        onChoose={(_, record) =>
          record && setLeavers([...leavers.filter(({ id }) => id !== record.id), record])
        }
      />
      <ul className={styles.leaving} aria-label={t('whatif:leave.title')}>
        {leavers.map((record) => {
          const title = displayTitle(record.title, record.type);
          return (
            <li className="stack center gap-8 small" key={record.id}>
              <span className="cut">{title}</span>
              <span className="dim">{typeName(record.type)}</span>
              <ActionIcon
                size={24}
                aria-label={t('whatif:leave.stays', { title })}
                onClick={() => setLeavers(leavers.filter(({ id }) => id !== record.id))}
              >
                <IconX size={14} stroke={1.8} />
              </ActionIcon>
            </li>
          );
        })}
      </ul>
      {leavers.some(({ type }) => type === 'team') && (
        <Checkbox
          label={t('whatif:leave.members')}
          checked={includesMembers}
          onChange={(event) => setIncludesMembers(event.currentTarget.checked)}
        />
      )}
    </StepForm>
  );
}

/** Asks which team newcomers join, and how many. */
export function askWhoJoins(): void {
  openDialog({ title: say('whatif:form.recruit'), size: 480 }, (close) => <RecruitForm onDone={close} />);
}

const maxNewcomers = 100;
const [defaultTerms, maxTerms] = [4, 40];

async function recruit(team: RecordRef, count: number, terms: number): Promise<void> {
  const title = displayTitle(team.title, 'team');
  const data = {
    name: say('insights:newMember', { team: title }),
    university_id: team.university_id ?? null,
    team_id: team.id,
    terms_remaining: terms,
  };
  await applyStep(
    Array.from({ length: count }, (): FieldChange => ({ kind: 'create', type: 'student', data })),
    say('whatif:form.recruited', { count, team: title }),
  );
}

function RecruitForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('whatif');
  const [team, setTeam] = useState<RecordRef | null>(null);
  const [count, setCount] = useState<number | null>(1);
  const [terms, setTerms] = useState<number | null>(defaultTerms);
  const input = team !== null && count !== null && terms !== null && ([team, count, terms] as const);
  return (
    <StepForm
      isReady={input !== false}
      makeStep={async () => {
        if (input) await recruit(...input);
      }}
      onDone={onDone}
    >
      <p>{t('whatif:form.recruitWhat')}</p>
      <div className="stack gap-8 fields">
        <RecordField label={typeName('team')} types={['team']} record={team} takesFocus onChoose={setTeam} />
        <AmountField
          label={t('whatif:form.recruitCount')}
          value={count}
          max={maxNewcomers}
          onChange={setCount}
        />
        <AmountField label={t('whatif:form.recruitTerms')} value={terms} max={maxTerms} onChange={setTerms} />
      </div>
    </StepForm>
  );
}
