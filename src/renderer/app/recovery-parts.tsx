import { Button, Checkbox, Select } from '@mantine/core';
import { useTexts } from '../i18n/setup.ts';
import { shell } from '../api/shell.ts';
import { reportError } from '../ui/notices.tsx';
import { useBusy } from '../ui/useBusy.ts';
import { useState, createContext, use } from 'react';
import { refusalText, denialText } from '../text/faults.ts';
import type { RefusedCall } from '#shared/shell/refused-call.ts';
import { exactTime } from '../text/time.ts';
import type { ReactNode } from 'react';
import { jsonObjectIn } from '#shared/domain/json.ts';
import { restoreVerdict } from '#shared/domain/permissions.ts';
import type { WorkspacePeople } from '#shared/shell/events.ts';
import { profilesKey } from '../stores/profile.ts';
import { useSeat } from '../stores/seat.ts';
import { roleName } from '../text/names.ts';
import styles from './missing.module.css';

export function RecoverySection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={`stack start gap-8 line-above full pt-12 ${styles.recovery}`} aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

export function SupportCopy() {
  const { t } = useTexts('frame');
  const [outcome, setOutcome] = useState<string | null>(null);
  const [isBusy, saveCopy] = useBusy(async () => {
    try {
      const { path, problem } = await shell.workspace.supportCopy({ suggested: t('support.suggested') });
      if (path !== null)
        setOutcome(problem === null ? t('common:savedFile', { name: path }) : refusalText(problem));
    } catch (error) {
      reportError(error);
    }
  });
  return (
    <>
      <p>{t('support.what')}</p>
      <Button loading={isBusy} onClick={saveCopy}>
        {t('support.command')}
      </Button>
      <output>{outcome}</output>
    </>
  );
}

const outdatedReasons = ['behind', 'another_line'] as const;
type OutdatedReason = (typeof outdatedReasons)[number];

/** Whether the file is intact but lacks changes. */
export const lacksChanges = (reason: string): reason is OutdatedReason =>
  (outdatedReasons as readonly string[]).includes(reason);

export function FailureReason({ reason, refused }: { reason: string; refused: RefusedCall }) {
  const { t } = useTexts('frame');
  const { until } = (refused.data ?? {}) as { until?: unknown };
  if (reason === 'strange_log') return <p>{t('gone.foreignLog')}</p>;
  if (!lacksChanges(reason) || typeof until !== 'string') return <p>{refusalText(refused)}</p>;
  return <p>{t(`accept.${reason}`, { when: exactTime(until) })}</p>;
}

/** Opens a file that lacks changes, after a confirmation. */
export function AcceptFile({ isOtherWorkspace }: { isOtherWorkspace: boolean }) {
  const { t } = useTexts('frame');
  const { actor, isBlocked } = useRecoveryState();
  const [hasAgreed, setAgreed] = useState(false);
  return (
    <RecoverySection title={t('accept.title')}>
      {isOtherWorkspace && <p className="bad">{t('accept.another')}</p>}
      <p className="dim">{t('accept.safe')}</p>
      <Checkbox
        label={t(isOtherWorkspace ? 'accept.meantAnother' : 'accept.meant')}
        checked={hasAgreed}
        onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
      />
      <Button
        disabled={!hasAgreed || isBlocked}
        onClick={() => void shell.workspace.accept({ actor }).catch(reportError)}
      >
        {t('accept.title')}
      </Button>
    </RecoverySection>
  );
}

interface RecoveryState {
  /** The acting profile; null if the profiles are unknown. */
  actor: string | null;
  /** True until the profiles are read, and if the actor is not allowed to restore. */
  isBlocked: boolean;
}

const RecoveryContext = createContext<RecoveryState>({ actor: null, isBlocked: false });

/** The actor of the recovery and whether it is blocked. */
export const useRecoveryState = (): RecoveryState => use(RecoveryContext);

function useLastProfileId(people: WorkspacePeople | null | undefined): string | null {
  const savedProfiles = useSeat((seat) => seat.items[profilesKey]);
  if (!people) return null;
  const lastId = jsonObjectIn(savedProfiles)[people.workspace];
  return (people.profiles.find(({ id }) => id === lastId) ?? people.profiles[0])?.id ?? null;
}

/** Chooses the acting profile for the recovery. `isKnown`: the profiles were read, or reading them failed. */
export function RecoveryProfile({
  people,
  isKnown,
  children,
}: {
  people: WorkspacePeople | null | undefined;
  isKnown: boolean;
  children: ReactNode;
}) {
  const { t } = useTexts('frame');
  const [pickedId, setPickedId] = useState<string | null>(null);
  const lastId = useLastProfileId(people);
  const actor = people?.profiles.find(({ id }) => id === (pickedId ?? lastId)) ?? null;
  const refusalReason = denialText(
    actor && restoreVerdict({ id: actor.id, role: actor.role, university_id: null }),
  );
  return (
    <RecoveryContext value={{ actor: actor?.id ?? null, isBlocked: !isKnown || refusalReason !== null }}>
      {actor && (
        <>
          <Select
            label={t('frame:recovery.as')}
            w="100%"
            value={actor.id}
            comboboxProps={{ zIndex: 600 }}
            data={(people?.profiles ?? []).map(({ id, name, role }) => ({
              value: id,
              label: `${name} (${roleName(role)})`,
            }))}
            onChange={setPickedId}
          />
          {refusalReason !== null && <p className="bad">{refusalReason}</p>}
        </>
      )}
      {isKnown && !people && <p className="dim">{t('frame:recovery.unknown')}</p>}
      {children}
    </RecoveryContext>
  );
}
