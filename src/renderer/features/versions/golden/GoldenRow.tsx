import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconAlertTriangle, IconDots, IconFlask, IconRotate2, IconShieldCheck } from '@tabler/icons-react';
import type { GoldenVersion } from '#shared/contract/golden.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { compareWithNow } from '../compare-with-now.ts';
import { useMe, whyNoFiles } from '../../../stores/profile.ts';
import { reasonText } from '../../../text/reasons.ts';
import { bytesText } from '../../../text/bytes.ts';
import { countedAll } from '../../../text/names.ts';
import { timeAgo, exactTime } from '../../../text/time.ts';
import { whoIs, whoNamed } from '../../../text/who.ts';
import { When } from '../../../ui/When.tsx';
import { tryGolden } from '../../play/NewSandbox.tsx';
import { spoiledBy, useGoldenCheck } from './check.ts';
import { useWhyNotGolden } from './may.ts';
import { resetToGolden } from './reset.tsx';
import styles from './golden.module.css';

function Wholeness({ version: { version, problem } }: { version: GoldenVersion }) {
  const { t } = useTexts('golden');
  const last = useGoldenCheck((state) => state.last);
  const checked = last?.report.versions.find((one) => one.version === version);
  const spoiled = spoiledBy(useGoldenCheck(), version);
  const wrong = problem ?? spoiled?.problem ?? null;
  if (wrong !== null)
    return (
      <p className={styles.bad}>
        <IconAlertTriangle size={15} stroke={1.6} aria-hidden />
        {reasonText(wrong)}
      </p>
    );
  if (!last || !checked) return null;
  return (
    <p className={styles.good}>
      <IconShieldCheck size={15} stroke={1.6} aria-hidden />
      {t('whole')}
      <span className="dim" title={exactTime(last.at)}>
        {t('checkedAt', { when: timeAgo(last.at) })}
      </span>
    </p>
  );
}

function Made({ version: { made, by, counts } }: { version: GoldenVersion }) {
  const { t } = useTexts('golden');
  const me = useMe()?.id;
  const id = by?.id;
  return (
    <p className="dim">
      {made !== null && <When at={made} />}
      {by !== null && id != null && (
        <span title={whoNamed({ id, name: by.name }, me)}>
          {' · '}
          {t('history:detail.by', { who: whoIs({ id, name: by.name }, me) })}
        </span>
      )}
      {counts !== null && ` · ${countedAll(counts) || t('backups:nothing')}`}
    </p>
  );
}

/** Further actions; forbidden ones are disabled with the reason. */
function More({ version: { version, problem } }: { version: GoldenVersion }) {
  const { t } = useTexts('golden');
  const why = useWhyNotGolden();
  const whyNotPlay = whyNoFiles(useMe());
  return (
    <Menu position="bottom-end" returnFocus>
      <Menu.Target>
        <ActionIcon aria-label={t('more', { version })}>
          <IconDots size={17} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          disabled={problem !== null || whyNotPlay !== null}
          leftSection={<IconFlask size={15} stroke={1.6} />}
          onClick={() => tryGolden(version)}
        >
          {`${t('insights:tryInPlay')}…`}
          {whyNotPlay !== null && <span className="menu-why">{whyNotPlay}</span>}
        </Menu.Item>
        <Menu.Item
          disabled={problem !== null || why !== null}
          leftSection={<IconRotate2 size={15} stroke={1.6} />}
          onClick={() => resetToGolden(version)}
        >
          {t('resetHere')}
          {why !== null && <span className="menu-why">{why}</span>}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** One golden version: time, author, contents, state and actions. */
export function GoldenRow({ version: one }: { version: GoldenVersion }) {
  const { t } = useTexts('golden');
  const { version, current, shipped, note, bytes, problem } = one;
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
        <Made version={one} />
        <Wholeness version={one} />
      </div>
      <span className="rigid small text-end copy-size num dim">{bytes !== null && bytesText(bytes)}</span>
      <Button
        size="xs"
        variant="default"
        disabled={problem !== null}
        aria-label={t('compareNamed', { version })}
        onClick={() => compareWithNow('golden', version)}
      >
        {t('play:compare')}
      </Button>
      <More version={one} />
    </li>
  );
}
