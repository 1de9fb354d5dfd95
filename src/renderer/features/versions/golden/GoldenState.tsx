import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import type { GoldenStatus } from '#shared/contract/golden.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { compareWithNow } from '../actions.ts';
import { reasonText } from '../../../text/reasons.ts';
import { knownProblem, useGoldenCheck } from './check.ts';
import styles from './golden.module.css';

/** The problem of a version, with a note in `text`. */
function Unusable({ problem, text }: { problem: Sentence; text: string }) {
  return (
    <li role="alert">
      <IconAlertTriangle size={17} stroke={1.6} className={styles.signBad} aria-hidden />
      <span>
        {reasonText(problem)} <span className="dim">{text}</span>
      </span>
    </li>
  );
}

function liveText(current: GoldenStatus['current'], live: GoldenStatus['live']): string {
  if (current === null) return say('golden:live.none');
  if (live.same)
    return say(live.changes === 0 ? 'golden:live.same' : 'golden:live.alike', { version: current });
  if (live.differing === null) return say('golden:live.apart', { version: current });
  return say('golden:live.differing', { version: current, count: live.differing });
}

function LiveLine({ status: { current, unusable, live } }: { status: GoldenStatus }) {
  const { t } = useTexts('golden');
  const unusableVersion = unusable.find(({ version }) => version === current);
  const knownFailure = knownProblem(useGoldenCheck(), current);
  const problem = (unusableVersion ?? knownFailure)?.problem;
  if (problem) return <Unusable problem={problem} text={t('live.instead')} />;
  const Icon = live.same ? IconCircleCheck : IconCircleDashed;
  return (
    <li>
      <Icon size={17} stroke={1.6} className={live.same ? styles.signGood : 'dim'} aria-hidden />
      <span>{liveText(current, live)}</span>
      {current !== null && !live.same && (
        <Button size="xs" variant="subtle" onClick={() => compareWithNow('golden', current)}>
          {t('compareCommand')}
        </Button>
      )}
    </li>
  );
}

/** The version shipped with the program: its number in this workspace, or why it was refused. */
function ShippedLine({ status: { shipped } }: { status: GoldenStatus }) {
  const { t } = useTexts('golden');
  if (shipped.problem !== null) return <Unusable problem={shipped.problem} text={t('shipped.safe')} />;
  if (shipped.installed === null) return null;
  return (
    <li>
      <IconCircleCheck size={17} stroke={1.6} className={styles.signGood} aria-hidden />
      <span title={shipped.sha256 === null ? undefined : `SHA-256 ${shipped.sha256}`}>
        {t('shipped.there', { version: shipped.installed })}
      </span>
    </li>
  );
}

export function GoldenState({ status }: { status: GoldenStatus }) {
  const { t } = useTexts('golden');
  return (
    <ul className={`card stack single small px-12 py-4 on-panel ${styles.standing}`} aria-label={t('how')}>
      <LiveLine status={status} />
      <ShippedLine status={status} />
    </ul>
  );
}
