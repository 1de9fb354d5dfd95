import { Button, Select, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { proposedDays } from '#shared/domain/clean-up.ts';
import { eraseVerdict } from '#shared/domain/permissions.ts';
import { api } from '../../api/client.ts';
import { useTexts, say } from '../../i18n/setup.ts';
import { queryClient, queryFor } from '../../stores/queries.ts';
import { useMe, useReadOnlyReason } from '../../stores/profile.ts';
import { whyNotLive } from '../../stores/target.ts';
import { denialText } from '../../text/faults.ts';
import { notice, reportErrors } from '../../ui/notices.tsx';
import { openDialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/DialogForm.tsx';
import { showPersonalData } from './PersonalData.tsx';
import styles from './people.module.css';

function askForPerson(): void {
  openDialog({ title: say('people:title') }, (close) => <PersonForm onDone={close} />);
}

function PersonForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('people');
  const [person, setPerson] = useState('');
  return (
    <DialogForm
      saveLabel={t('search')}
      blocked={person.trim() === ''}
      onCancel={onDone}
      onSubmit={() => {
        onDone();
        showPersonalData(person.trim());
      }}
    >
      <TextInput
        data-autofocus
        label={t('ask')}
        description={t('askHint')}
        value={person}
        onChange={(event) => setPerson(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

const policyQuery = queryFor('people.cleanUp', {});
const daysPerYear = 365;
const offeredDays = {
  archive_after: [daysPerYear, proposedDays, 3 * daysPerYear, 5 * daysPerYear],
  purge_after: [90, daysPerYear, 2 * daysPerYear, 5 * daysPerYear, 10 * daysPerYear],
} as const;
type Period = keyof typeof offeredDays;

export function Retention() {
  const { t } = useTexts('people');
  const me = useMe();
  const readOnlyReason = useReadOnlyReason();
  const refusal = whyNotLive() ?? readOnlyReason ?? denialText(me && eraseVerdict(me));
  const { data: policy } = useQuery(policyQuery);
  const savePeriod = async (period: Period, value: string | null): Promise<void> => {
    await reportErrors(async () => {
      await api.people.setCleanUp({ [period]: value === null || value === '' ? null : Number(value) });
      notice({ id: 'retention', title: t('retention.saved') });
    });
    await queryClient.invalidateQueries(policyQuery);
  };
  const periodName = (days: number): string =>
    days % daysPerYear === 0
      ? t('retention.years', { count: days / daysPerYear })
      : t('retention.days', { count: days });
  const renderPeriodSelect = (period: Period, label: string, hint: string) => {
    const days = policy?.[period] ?? null;
    const options = [...new Set([...offeredDays[period], ...(days === null ? [] : [days])])].toSorted(
      (a, b) => a - b,
    );
    return (
      <div className={`stack center gap-12 small py-8 ${styles.row}`}>
        <div>
          <div id={`retention-${period}`}>{label}</div>
          <div className="dim">{hint}</div>
        </div>
        <Select
          aria-labelledby={`retention-${period}`}
          value={days === null ? '' : String(days)}
          disabled={refusal !== null || !policy}
          title={refusal ?? undefined}
          data={[
            { value: '', label: t('retention.never') },
            ...options.map((option) => ({ value: String(option), label: periodName(option) })),
          ]}
          onChange={(value) => void savePeriod(period, value)}
        />
      </div>
    );
  };
  return (
    <section aria-label={t('retention.title')}>
      <h2>{t('retention.title')}</h2>
      {renderPeriodSelect('archive_after', t('retention.archive'), t('retention.archiveHint'))}
      {renderPeriodSelect('purge_after', t('retention.purge'), t('retention.purgeHint'))}
      <p className="dim tiny mb-8">{t('retention.hint')}</p>
      <Button disabled={whyNotLive() !== null} onClick={askForPerson}>
        {t('command')}
      </Button>
    </section>
  );
}
