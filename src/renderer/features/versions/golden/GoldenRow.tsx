import { IconAlertTriangle, IconFlask, IconRotate2, IconShieldCheck } from '@tabler/icons-react';
import type { GoldenVersion } from '#shared/contract/golden.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { compareWithNow } from '../actions.ts';
import { useMe, fileRefusal } from '../../../stores/profile.ts';
import { reasonText } from '../../../text/reasons.ts';
import { bytesText } from '../../../text/bytes.ts';
import { countedAll } from '../../../text/names.ts';
import { timeAgo, exactTime } from '../../../text/time.ts';
import { authorName, authorFullName } from '../../../text/author-name.ts';
import { MenuAction } from '../../../ui/MenuAction.tsx';
import { MoreMenu } from '../../../ui/MoreMenu.tsx';
import { When } from '../../../ui/When.tsx';
import { openFormForGolden } from '../../play/NewSandbox.tsx';
import { knownProblem, useGoldenCheck, useGoldenRefusal } from './check.ts';
import { resetToGolden } from './reset.tsx';
import styles from './golden.module.css';
import { RowButton } from '../../../ui/RowButton.tsx';

function FileState({ version: { version, problem } }: { version: GoldenVersion }) {
  const { t } = useTexts('golden');
  const lastCheck = useGoldenCheck((state) => state.lastCheck);
  const checkedVersion = lastCheck?.report.versions.find((one) => one.version === version);
  const knownFailure = knownProblem(useGoldenCheck(), version);
  const shownProblem = problem ?? knownFailure?.problem ?? null;
  if (shownProblem !== null)
    return (
      <p className={styles.bad}>
        <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
        {reasonText(shownProblem)}
      </p>
    );
  if (!lastCheck || !checkedVersion) return null;
  return (
    <p className={styles.good}>
      <IconShieldCheck size={15} stroke={1.6} aria-hidden />
      {t('whole')}
      <span className="dim" title={exactTime(lastCheck.at)}>
        {t('checkedAt', { when: timeAgo(lastCheck.at) })}
      </span>
    </p>
  );
}

function OriginLine({ version: { made, by, counts } }: { version: GoldenVersion }) {
  const { t } = useTexts('golden');
  const me = useMe()?.id;
  const id = by?.id;
  return (
    <p className="dim">
      {made !== null && <When at={made} />}
      {by !== null && id != null && (
        <span title={authorFullName({ id, name: by.name }, me)}>
          {' · '}
          {t('history:detail.by', { who: authorName({ id, name: by.name }, me) })}
        </span>
      )}
      {counts !== null && ` · ${countedAll(counts) || t('backups:nothing')}`}
    </p>
  );
}

/** The menu of a golden version; forbidden actions are disabled with the reason. */
function GoldenMenu({ version: { version, problem } }: { version: GoldenVersion }) {
  const { t } = useTexts('golden');
  const resetRefusal = useGoldenRefusal();
  const sandboxRefusal = fileRefusal(useMe());
  return (
    <MoreMenu label={t('more', { version })}>
      <MenuAction
        icon={IconFlask}
        label={`${t('insights:tryInPlay')}…`}
        disabled={problem !== null}
        why={sandboxRefusal}
        onRun={() => openFormForGolden(version)}
      />
      <MenuAction
        icon={IconRotate2}
        label={t('resetHere')}
        disabled={problem !== null}
        why={resetRefusal}
        onRun={() => resetToGolden(version)}
      />
    </MoreMenu>
  );
}

/** One golden version: time, author, contents, state and actions. */
export function GoldenRow({ version: golden }: { version: GoldenVersion }) {
  const { t } = useTexts('golden');
  const { version, current, shipped, note, bytes, problem } = golden;
  return (
    <li className="row gap-12 line-below copy-row">
      <div className={`grow center gap-2-8 copy-words flex wrap ${styles.words}`}>
        <h3>{t('backups:called.golden', { title: version })}</h3>
        {current && <span className="pill accent on-accent">{t('current')}</span>}
        {shipped !== null && <span className="pill pill-plain">{t('comes')}</span>}
        {(note ?? '') !== '' && (
          <span className="cut grow small" title={note ?? ''}>
            {note}
          </span>
        )}
        <OriginLine version={golden} />
        <FileState version={golden} />
      </div>
      <span className="rigid small text-end copy-size num dim">{bytes !== null && bytesText(bytes)}</span>
      <RowButton
        label={t('play:compare')}
        named={t('compareNamed', { version })}
        disabled={problem !== null}
        onClick={() => compareWithNow('golden', version)}
      />
      <GoldenMenu version={golden} />
    </li>
  );
}
