import { Button, Checkbox, Select } from '@mantine/core';
import { useTexts } from '../i18n/setup.ts';
import { shell } from '../api/shell.ts';
import { reportError } from '../ui/notices.tsx';
import { useState, createContext, use } from 'react';
import { refusalText, permissionText } from '../text/faults.ts';
import type { Refused } from '#shared/shell/refused.ts';
import { exactTime } from '../text/time.ts';
import type { ReactNode } from 'react';
import { isJsonObject } from '#shared/domain/json.ts';
import { mayRestore } from '#shared/domain/permissions.ts';
import type { People } from '#shared/shell/process.ts';
import { profilesKey } from '../stores/profile.ts';
import { useSeat } from '../stores/seat.ts';
import { roleName } from '../text/names.ts';
import styles from './missing.module.css';

export function SupportCopy() {
  const { t } = useTexts('frame');
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<string | null>(null);
  const write = async (): Promise<void> => {
    setBusy(true);
    try {
      const { path, problem } = await shell.workspace.supportCopy({ suggested: t('support.suggested') });
      if (path !== null)
        setOutcome(problem === null ? t('common:savedFile', { name: path }) : refusalText(problem));
    } catch (error) {
      reportError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p>{t('support.what')}</p>
      <Button variant="default" loading={busy} onClick={() => void write()}>
        {t('support.command')}
      </Button>
      <output>{outcome}</output>
    </>
  );
}

const reasons = ['behind', 'another_line'] as const;
type Reason = (typeof reasons)[number];

/** Whether the file is intact but lacks changes. */
export const lacksChanges = (reason: string): reason is Reason =>
  (reasons as readonly string[]).includes(reason);

export function Why({ reason, refused }: { reason: string; refused: Refused }) {
  const { t } = useTexts('frame');
  const { until } = (refused.data ?? {}) as { until?: unknown };
  if (reason === 'strange_log') return <p>{t('gone.foreignLog')}</p>;
  if (!lacksChanges(reason) || typeof until !== 'string') return <p>{refusalText(refused)}</p>;
  return <p>{t(`accept.${reason}`, { when: exactTime(until) })}</p>;
}

/** Opens a file that lacks changes after a confirmation; `another` if it belongs to another workspace. */
export function AcceptFile({ another }: { another: boolean }) {
  const { t } = useTexts('frame');
  const { actor, blocked } = useRecovering();
  const [agreed, setAgreed] = useState(false);
  return (
    <section
      className={`stack start gap-8 line-above full pt-12 ${styles.recovery}`}
      aria-label={t('accept.title')}
    >
      <h3>{t('accept.title')}</h3>
      {another && <p className="bad">{t('accept.another')}</p>}
      <p className="dim">{t('accept.safe')}</p>
      <Checkbox
        label={t(another ? 'accept.meantAnother' : 'accept.meant')}
        checked={agreed}
        onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
      />
      <Button
        variant="default"
        disabled={!agreed || blocked}
        onClick={() => void shell.workspace.accept({ actor }).catch(reportError)}
      >
        {t('accept.title')}
      </Button>
    </section>
  );
}

interface Recovering {
  /** The acting profile; null if the profiles are unknown. */
  actor: string | null;
  /** The profiles are not read yet, or the actor may not restore. */
  blocked: boolean;
}

const RecoveringContext = createContext<Recovering>({ actor: null, blocked: false });

/** The actor of the recovery and whether it is blocked. */
export const useRecovering = (): Recovering => use(RecoveringContext);

function useLast(people: People | null | undefined): string | null {
  const kept = useSeat((seat) => seat.items[profilesKey]);
  if (!people) return null;
  const last = kept !== undefined && isJsonObject(kept) ? kept[people.workspace] : undefined;
  return (people.profiles.find(({ id }) => id === last) ?? people.profiles[0])?.id ?? null;
}

/** Chooses the acting profile for the recovery. `known`: the profiles were read, or reading them failed. */
export function RecoverAs({
  people,
  known,
  children,
}: {
  people: People | null | undefined;
  known: boolean;
  children: ReactNode;
}) {
  const { t } = useTexts('frame');
  const [picked, setPicked] = useState<string | null>(null);
  const last = useLast(people);
  const who = people?.profiles.find(({ id }) => id === (picked ?? last)) ?? null;
  const verdict = who && mayRestore({ id: who.id, role: who.role, university_id: null });
  const refused = verdict?.allowed === false ? permissionText(verdict.rule) : null;
  return (
    <RecoveringContext value={{ actor: who?.id ?? null, blocked: !known || refused !== null }}>
      {who && (
        <>
          <Select
            label={t('frame:recovery.as')}
            w="100%"
            value={who.id}
            allowDeselect={false}
            comboboxProps={{ zIndex: 600 }}
            data={(people?.profiles ?? []).map(({ id, name, role }) => ({
              value: id,
              label: `${name} (${roleName(role)})`,
            }))}
            onChange={setPicked}
          />
          {refused !== null && <p className="bad">{refused}</p>}
        </>
      )}
      {known && !people && <p className="dim">{t('frame:recovery.unknown')}</p>}
      {children}
    </RecoveringContext>
  );
}
