import { Button, Checkbox, Select } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { RecoverableBackup } from '#shared/shell/events.ts';
import type { RefusedCall } from '#shared/shell/refused-call.ts';
import { shell } from '../api/shell.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { reasonText } from '../features/versions/reasons.ts';
import { refusalText } from '../text/faults.ts';
import { dateTimeToSecond } from '../text/formats.ts';
import { countedAll } from '../text/names.ts';
import { pathText } from '../text/path.ts';
import { timeAgo, exactTime } from '../text/time.ts';
import { reportError } from '../ui/notices.tsx';
import { RecoverySection, useRecoveryState } from './recovery-parts.tsx';

function missingText({ later, until, replaced }: RecoverableBackup): string {
  if (!later) return say('frame:recovery.whole');
  const textKey = replaced ? 'replaced' : 'later';
  if (until === null) return say(`frame:recovery.${textKey}`);
  return say(`frame:recovery.${textKey}Until`, { when: exactTime(until) });
}

function backupLabel({ made, reason, replaced }: RecoverableBackup): string {
  const parts = [dateTimeToSecond(made), reasonText(reason), ...(replaced ? [say('backups:replaced')] : [])];
  return parts.join(' · ');
}

function BackupFacts({ backup }: { backup: RecoverableBackup }) {
  const { t } = useTexts('frame');
  const { made, counts, verified, later, another, place } = backup;
  const contents = countedAll(counts);
  return (
    <>
      <p>
        {verified === true && (
          <IconShieldCheck className="recovery-good" size={16} stroke={1.6} aria-hidden />
        )}
        <strong title={exactTime(made)}>{timeAgo(made)}</strong>:{' '}
        {contents === '' ? t('backups:nothing') : contents}
      </p>
      {verified === false && (
        <p className="bad">
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
          {t('recovery.damaged')}
        </p>
      )}
      {verified === null && <p className="dim">{t('recovery.unchecked')}</p>}
      {place && (
        <p className="dim" title={place.name ?? undefined}>
          {place.name === null
            ? t('recovery.inWorkspace')
            : t('recovery.inPlace', { name: pathText(place.name) })}
        </p>
      )}
      {another && <p>{t('reasons:found.otherOwner')}</p>}
      {later !== null && !another && <p className="dim">{missingText(backup)}</p>}
    </>
  );
}

/**
 * The newest backup that is not known to be corrupt; instead of it a verified one, if that has all changes too. A verified backup with
 * fewer changes is not preferred, because each backup is checked before it is restored.
 */
function chooseBackup(backups: readonly RecoverableBackup[]): RecoverableBackup | undefined {
  const newest = backups.find(({ verified }) => verified !== false) ?? backups[0];
  const completeBackup = backups.find(
    ({ verified, later, another }) => verified === true && later === false && another === newest?.another,
  );
  return newest?.verified === true ? newest : (completeBackup ?? newest);
}

function MissingFolders({ names, isOnlyAction }: { names: readonly string[]; isOnlyAction: boolean }) {
  const { t } = useTexts('frame');
  if (names.length === 0) return null;
  return (
    <>
      {names.map((name) => (
        <p key={name} className="bad" title={name}>
          <IconPlugConnectedX size={16} stroke={1.6} aria-hidden />
          {t('recovery.absent', { name: pathText(name) })}
        </p>
      ))}
      <Button
        variant={isOnlyAction ? 'filled' : 'default'}
        onClick={() => void shell.data.restart({}).catch(reportError)}
      >
        {t('recovery.lookAgain')}
      </Button>
    </>
  );
}

function SalvageExtras({ salvage: { transactions, tables } }: { salvage: SalvageReport }) {
  const { t } = useTexts('frame');
  const takenCount = Object.values(tables).reduce((sum, counts) => sum + counts.taken, 0);
  if (transactions > 0) return <p>{t('recovery.since', { count: transactions })}</p>;
  return takenCount > 0 ? <p>{t('recovery.besides', { count: takenCount })}</p> : null;
}

function BackupOffer({
  backup,
  backups,
  salvage,
  onChoose,
}: {
  backup: RecoverableBackup;
  backups: readonly RecoverableBackup[];
  salvage: SalvageReport | null | undefined;
  onChoose: (id: string) => void;
}) {
  const { t } = useTexts('frame');
  const { actor, isBlocked } = useRecoveryState();
  const [hasAgreed, setAgreed] = useState(false);
  const restore = (): void => {
    const { id, place } = backup;
    const request = { id, actor, another: hasAgreed, place: place?.key ?? null };
    void shell.workspace.restore(request).catch(reportError);
  };
  return (
    <>
      <BackupFacts backup={backup} />
      {salvage?.backup?.id === backup.id && <SalvageExtras salvage={salvage} />}
      {backups.length > 1 && (
        <Select
          aria-label={t('recovery.which')}
          w="100%"
          value={backup.id}
          comboboxProps={{ zIndex: 600 }}
          data={backups.map((item) => ({ value: item.id, label: backupLabel(item) }))}
          onChange={(id) => id !== null && onChoose(id)}
        />
      )}
      <p className="dim">{t('recovery.safe')}</p>
      {backup.another && (
        <Checkbox
          label={t('recovery.anotherToo')}
          checked={hasAgreed}
          onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
        />
      )}
      <Button variant="filled" disabled={isBlocked || (backup.another && !hasAgreed)} onClick={restore}>
        {t('recovery.restore')}
      </Button>
    </>
  );
}

export function Recovery({
  backups,
  absent = [],
  refused,
  salvage,
}: {
  backups: readonly RecoverableBackup[];
  absent?: readonly string[] | undefined;
  refused?: RefusedCall | undefined;
  salvage: SalvageReport | null | undefined;
}) {
  const { t } = useTexts('frame');
  const best = chooseBackup(backups);
  const [chosenId, setChosenId] = useState(best?.id ?? '');
  const backup = backups.find(({ id }) => id === chosenId) ?? best;
  // The name of a missing folder says more than the refusal.
  const listingRefusal = refused && absent.length === 0 ? refused : null;
  return (
    <RecoverySection title={t('recovery.title')}>
      {listingRefusal && (
        <p className="bad">{t('recovery.unlisted', { why: refusalText(listingRefusal) })}</p>
      )}
      <MissingFolders names={absent} isOnlyAction={!backup} />
      {backup ? (
        <BackupOffer key={backup.id} {...{ backup, backups, salvage }} onChoose={setChosenId} />
      ) : (
        !refused && <p>{t('recovery.none')}</p>
      )}
      <Button variant="subtle" onClick={() => void shell.workspace.pointToBackups({}).catch(reportError)}>
        {t('care:placeCommand')}
      </Button>
    </RecoverySection>
  );
}
