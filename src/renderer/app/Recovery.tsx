import { Button, Checkbox, Select } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { SalvageReport } from '#shared/contract/salvage.ts';
import type { Recoverable } from '#shared/shell/process.ts';
import type { Refused } from '#shared/shell/refused.ts';
import { shell } from '../api/shell.ts';
import { say, useTexts } from '../i18n/setup.ts';
import { reasonText } from '../features/versions/reasons.ts';
import { refusalText } from '../text/faults.ts';
import { momentToSecond } from '../text/formats.ts';
import { countedAll } from '../text/names.ts';
import { pathText } from '../text/path.ts';
import { timeAgo, exactTime } from '../text/time.ts';
import { reportError } from '../ui/notices.tsx';
import { useRecovering } from './recovering.tsx';
import styles from './missing.module.css';

function missingText({ later, until, replaced }: Recoverable): string {
  if (!later) return say('frame:recovery.whole');
  const what = replaced ? 'replaced' : 'later';
  if (until === null) return say(`frame:recovery.${what}`);
  return say(`frame:recovery.${what}Until`, { when: exactTime(until) });
}

function called({ made, reason, replaced }: Recoverable): string {
  const parts = [momentToSecond(made), reasonText(reason), ...(replaced ? [say('backups:replaced')] : [])];
  return parts.join(' · ');
}

function Facts({ backup }: { backup: Recoverable }) {
  const { t } = useTexts('frame');
  const { made, counts, verified, later, another, place } = backup;
  const what = countedAll(counts);
  return (
    <>
      <p>
        {verified === true && (
          <IconShieldCheck className="recovery-good" size={16} stroke={1.6} aria-hidden />
        )}
        <strong title={exactTime(made)}>{timeAgo(made)}</strong>: {what === '' ? t('backups:nothing') : what}
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
 * The newest backup that is not known to be corrupt, or a checked one that has all changes too. An older one with fewer changes
 * is no better, because each backup is checked before it is restored.
 */
function bestOf(backups: readonly Recoverable[]): Recoverable | undefined {
  const newest = backups.find(({ verified }) => verified !== false) ?? backups[0];
  const asMuch = backups.find(
    ({ verified, later, another }) => verified === true && later === false && another === newest?.another,
  );
  return newest?.verified === true ? newest : (asMuch ?? newest);
}

function Absent({ names, none }: { names: readonly string[]; none: boolean }) {
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
        variant={none ? 'filled' : 'default'}
        onClick={() => void shell.data.restart({}).catch(reportError)}
      >
        {t('recovery.lookAgain')}
      </Button>
    </>
  );
}

function Keeps({ salvage: { transactions, tables } }: { salvage: SalvageReport }) {
  const { t } = useTexts('frame');
  const taken = Object.values(tables).reduce((sum, one) => sum + one.taken, 0);
  if (transactions > 0) return <p>{t('recovery.since', { count: transactions })}</p>;
  return taken > 0 ? <p>{t('recovery.besides', { count: taken })}</p> : null;
}

function Offer({
  backup,
  backups,
  salvage,
  onChoose,
}: {
  backup: Recoverable;
  backups: readonly Recoverable[];
  salvage: SalvageReport | null | undefined;
  onChoose: (id: string) => void;
}) {
  const { t } = useTexts('frame');
  const { actor, blocked } = useRecovering();
  const [agreed, setAgreed] = useState(false);
  const restore = (): void => {
    const { id, place } = backup;
    const order = { id, actor, another: agreed, place: place?.key ?? null };
    void shell.workspace.restore(order).catch(reportError);
  };
  return (
    <>
      <Facts backup={backup} />
      {salvage?.backup?.id === backup.id && <Keeps salvage={salvage} />}
      {backups.length > 1 && (
        <Select
          aria-label={t('recovery.which')}
          w="100%"
          value={backup.id}
          allowDeselect={false}
          comboboxProps={{ zIndex: 600 }}
          data={backups.map((one) => ({ value: one.id, label: called(one) }))}
          onChange={(id) => id !== null && onChoose(id)}
        />
      )}
      <p className="dim">{t('recovery.safe')}</p>
      {backup.another && (
        <Checkbox
          label={t('recovery.anotherToo')}
          checked={agreed}
          onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
        />
      )}
      <Button disabled={blocked || (backup.another && !agreed)} onClick={restore}>
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
  backups: readonly Recoverable[];
  absent?: readonly string[] | undefined;
  refused?: Refused | undefined;
  salvage: SalvageReport | null | undefined;
}) {
  const { t } = useTexts('frame');
  const best = bestOf(backups);
  const [chosen, setChosen] = useState(best?.id ?? '');
  const backup = backups.find(({ id }) => id === chosen) ?? best;
  // The name of a missing folder says more than the refusal.
  const unlisted = refused && absent.length === 0 ? refused : null;
  return (
    <section
      className={`stack start gap-8 line-above full pt-12 ${styles.recovery}`}
      aria-label={t('recovery.title')}
    >
      <h3>{t('recovery.title')}</h3>
      {unlisted && <p className="bad">{t('recovery.unlisted', { why: refusalText(unlisted) })}</p>}
      <Absent names={absent} none={!backup} />
      {backup ? (
        <Offer key={backup.id} {...{ backup, backups, salvage }} onChoose={setChosen} />
      ) : (
        !refused && <p>{t('recovery.none')}</p>
      )}
      <Button variant="subtle" onClick={() => void shell.workspace.pointToBackups({}).catch(reportError)}>
        {t('care:placeCommand')}
      </Button>
    </section>
  );
}
