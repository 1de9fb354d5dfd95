import { Select, Button } from '@mantine/core';
import { useState } from 'react';
import { shortcutText } from '../../commands/keys.ts';
import {
  preferenceChoices,
  setPreference,
  usePreferred,
  zoomSteps,
  preferUsual,
} from '../../stores/preferences.ts';
import { chooseTheme, chooseZoom, useSeat, chooseLanguage } from '../../stores/seat.ts';
import { reportError, notice } from '../../ui/notices.tsx';
import { SYSTEM_LANGUAGE } from '#shared/shell/language.ts';
import { languages, spokenFor } from '../../i18n/languages.ts';
import { speak, useTexts } from '../../i18n/setup.ts';
import { dayText } from '../../text/formats.ts';
import { IconFolder } from '@tabler/icons-react';
import type { UpdateState } from '#shared/shell/updates.ts';
import { updateChannel as channels } from '#shared/updates/manifest.ts';
import { shell } from '../../api/shell.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { Page } from '../../ui/Page.tsx';
import { Choice, Line } from './Line.tsx';
import { LanguageModels } from './LanguageModels.tsx';
import { useUpdates } from '../../stores/updates.ts';
import { askGoBack } from '../updates/goBack.tsx';
import { StatusButton, UpdateDetails, useStatusText } from '../updates/UpdateStatus.tsx';
import styles from './preferences.module.css';

function Updates() {
  const { t } = useTexts('updates');
  const updates = useUpdates((state) => state.updates);
  if (updates === null) return null;
  return (
    <section aria-label={t('title')}>
      <h2>{t('title')}</h2>
      {updates.managed || updates.means === 'none' ? (
        <Line label={t('version', updates)} hint={t(updates.managed ? 'managed' : 'none')}>
          {() => null}
        </Line>
      ) : (
        <Settings updates={updates} />
      )}
    </section>
  );
}

function Settings({ updates }: { updates: UpdateState }) {
  const { t } = useTexts('updates');
  const { version, status, means, automatic, channel, hasPrevious } = updates;
  const text = useStatusText(status);
  const set = (settings: Parameters<typeof shell.updates.set>[0]): void =>
    void shell.updates.set(settings).catch(reportError);
  return (
    <>
      <Line label={t('version', { version })} hint={text}>
        {() => <StatusButton status={status} means={means} />}
      </Line>
      <UpdateDetails status={status} />
      <Choice
        label={t('automatic.label')}
        hint={t('automatic.hint')}
        value={automatic ? 'on' : 'off'}
        options={(['on', 'off'] as const).map((value) => ({ value, label: t(`automatic.${value}`) }))}
        onPick={(value) => set({ automatic: value === 'on' })}
      />
      <Choice
        label={t('channel.label')}
        hint={t('channel.hint')}
        value={channel}
        options={channels.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
        onPick={(value) => set({ channel: value })}
      />
      {hasPrevious && (
        <Line label={t('goBack.label')} hint={t('goBack.hint')}>
          {(ids) => (
            <Button
              size="xs"
              variant="default"
              aria-describedby={ids.hint}
              onClick={() => askGoBack(version)}
            >
              {t('goBack.button')}
            </Button>
          )}
        </Line>
      )}
    </>
  );
}

const themes = ['system', 'light', 'dark'] as const;

function Size() {
  const { t } = useTexts('preferences');
  const zoom = useSeat((seat) => seat.zoom);
  const hint = t('zoom.hint', {
    larger: shortcutText('mod+Plus'),
    smaller: shortcutText('mod+Minus'),
    usual: shortcutText('mod+0'),
  });
  const label = (factor: number): string => t('zoom.percent', { value: Math.round(factor * 100) });
  return (
    <Line label={t('zoom.label')} hint={hint}>
      {(ids) => (
        <Select
          className={styles.select}
          allowDeselect={false}
          aria-labelledby={ids.label}
          aria-describedby={ids.hint}
          value={String(zoom)}
          data={zoomSteps.map((factor) => ({ value: String(factor), label: label(factor) }))}
          onChange={(factor) => void (factor !== null && chooseZoom(Number(factor)).catch(reportError))}
        />
      )}
    </Line>
  );
}

export function Appearance() {
  const { t } = useTexts('preferences');
  const theme = useSeat((seat) => seat.theme);
  const density = usePreferred('density');
  const motion = usePreferred('motion');
  return (
    <section>
      <h2>{t('appearance')}</h2>
      <Choice
        label={t('theme.label')}
        hint={t('theme.hint')}
        value={theme}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onPick={(next) => void chooseTheme(next).catch(reportError)}
      />
      <Choice
        label={t('density.label')}
        hint={t('density.hint')}
        value={density}
        options={preferenceChoices.density.map((value) => ({ value, label: t(`density.${value}`) }))}
        onPick={(next) => setPreference('density', next)}
      />
      <Size />
      <Choice
        label={t('motion.label')}
        hint={t('motion.hint')}
        value={motion}
        options={preferenceChoices.motion.map((value) => ({ value, label: t(`motion.${value}`) }))}
        onPick={(next) => setPreference('motion', next)}
      />
    </section>
  );
}

/** Another language re-renders the whole window, so the focus is restored. */
async function choose(code: string): Promise<void> {
  const chosen = chooseLanguage(code);
  await speak(code);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.language-choice input')?.focus());
  await chosen;
}

export function Notation() {
  const { t } = useTexts('preferences');
  const [now] = useState(() => Date.now());
  const language = useSeat((seat) => seat.language);
  const named = Object.entries(languages).map(([value, { name }]) => ({ value, label: name }));
  const ofSystem = languages[spokenFor(SYSTEM_LANGUAGE)]?.name ?? '';
  const dates = usePreferred('dates');
  const numbers = usePreferred('numbers');
  return (
    <section>
      <h2>{t('language.title')}</h2>
      <Line label={t('language.label')} hint={t('language.hint')}>
        {(ids) => (
          <Select
            className={`${styles.select} language-choice`}
            allowDeselect={false}
            aria-labelledby={ids.label}
            aria-describedby={ids.hint}
            value={language === SYSTEM_LANGUAGE || language in languages ? language : 'en'}
            data={[{ value: SYSTEM_LANGUAGE, label: t('language.system', { name: ofSystem }) }, ...named]}
            onChange={(code) => void (code !== null && choose(code).catch(reportError))}
          />
        )}
      </Line>
      <Choice
        label={t('dates.label')}
        hint={t('dates.hint', { today: dayText(now) })}
        value={dates}
        options={preferenceChoices.dates.map((value) => ({ value, label: t(`dates.${value}`) }))}
        onPick={(next) => setPreference('dates', next)}
      />
      <Choice
        label={t('numbers.label')}
        hint={t('numbers.hint')}
        value={numbers}
        options={preferenceChoices.numbers.map((value) => ({ value, label: t(`numbers.${value}`) }))}
        onPick={(next) => setPreference('numbers', next)}
      />
    </section>
  );
}

export function Starting() {
  const { t } = useTexts('preferences');
  const start = usePreferred('start');
  return (
    <section>
      <h2>{t('starting')}</h2>
      <Choice
        label={t('start.label')}
        hint={t('start.hint')}
        value={start}
        options={preferenceChoices.start.map((value) => ({ value, label: t(`start.${value}`) }))}
        onPick={(next) => setPreference('start', next)}
      />
    </section>
  );
}

export function Files() {
  const { t } = useTexts('preferences');
  const { data } = useWorkspace();
  return (
    <section>
      <h2>{t('files.title')}</h2>
      <Line label={t('records:one.workspace')} hint={t('files.hint')}>
        {(ids) => (
          <>
            <span className={`inline gap-8 small dim ${styles.folder} cut`}>
              <IconFolder size={16} stroke={1.6} />
              {data?.name ?? ''}
            </span>
            <Button
              variant="default"
              size="xs"
              aria-describedby={ids.hint}
              onClick={() => void shell.workspace.reveal({}).catch(reportError)}
            >
              {t('common:showInFolder')}
            </Button>
          </>
        )}
      </Line>
      <Line label={t('files.seat')} hint={t('files.seatHint')}>
        {() => <span className={`inline gap-8 small dim ${styles.folder}`}>{t('files.here')}</span>}
      </Line>
    </section>
  );
}

/** Preferences of one person on this computer; changes apply at once. */
export default function PreferencesView() {
  const { t } = useTexts('preferences');
  const reset = async (): Promise<void> => {
    const bringBack = await preferUsual();
    notice({
      id: 'preferences',
      title: t('preferences:usualDone'),
      action: { label: t('common:undo'), run: () => void bringBack().catch(reportError) },
    });
  };
  return (
    <Page
      title={t('commands:view.preferences')}
      actions={
        <Button variant="default" onClick={() => void reset().catch(reportError)}>
          {t('preferences:usual')}
        </Button>
      }
    >
      <p className="dim">{t('preferences:intro')}</p>
      <Appearance />
      <Notation />
      <Starting />
      <Files />
      <LanguageModels />
      <Updates />
    </Page>
  );
}
