import { Select, Button } from '@mantine/core';
import { useState } from 'react';
import { shortcutText } from '../../commands/keys.ts';
import {
  preferenceChoices,
  setPreference,
  usePreference,
  zoomSteps,
  resetPreferences,
} from '../../stores/preferences.ts';
import type { Choice, Preference } from '../../stores/preferences.ts';
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
import { ChoiceLine, PreferenceLine } from './PreferenceLine.tsx';
import { LanguageModels } from './LanguageModels.tsx';
import { Networks } from './Networks.tsx';
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
        <PreferenceLine label={t('version', updates)} hint={t(updates.managed ? 'managed' : 'none')}>
          {() => null}
        </PreferenceLine>
      ) : (
        <UpdateSettings updates={updates} />
      )}
    </section>
  );
}

function UpdateSettings({ updates }: { updates: UpdateState }) {
  const { t } = useTexts('updates');
  const { version, status, means, automatic, channel, hasPrevious } = updates;
  const text = useStatusText(status);
  const changeSettings = (settings: Parameters<typeof shell.updates.set>[0]): void =>
    void shell.updates.set(settings).catch(reportError);
  return (
    <>
      <PreferenceLine label={t('version', { version })} hint={text}>
        {() => <StatusButton status={status} means={means} />}
      </PreferenceLine>
      <UpdateDetails status={status} />
      <ChoiceLine
        label={t('automatic.label')}
        hint={t('automatic.hint')}
        value={automatic ? 'on' : 'off'}
        options={(['on', 'off'] as const).map((value) => ({ value, label: t(`automatic.${value}`) }))}
        onPick={(value) => changeSettings({ automatic: value === 'on' })}
      />
      <ChoiceLine
        label={t('channel.label')}
        hint={t('channel.hint')}
        value={channel}
        options={channels.options.map((value) => ({ value, label: t(`channel.${value}`) }))}
        onPick={(value) => changeSettings({ channel: value })}
      />
      {hasPrevious && (
        <PreferenceLine label={t('goBack.label')} hint={t('goBack.hint')}>
          {(ids) => (
            <Button size="xs" aria-describedby={ids.hint} onClick={() => askGoBack(version)}>
              {t('goBack.button')}
            </Button>
          )}
        </PreferenceLine>
      )}
    </>
  );
}

const themes = ['system', 'light', 'dark'] as const;

function ZoomLine() {
  const { t } = useTexts('preferences');
  const zoom = useSeat((seat) => seat.zoom);
  const hint = t('zoom.hint', {
    larger: shortcutText('mod+Plus'),
    smaller: shortcutText('mod+Minus'),
    usual: shortcutText('mod+0'),
  });
  const zoomText = (factor: number): string => t('zoom.percent', { value: Math.round(factor * 100) });
  return (
    <PreferenceLine label={t('zoom.label')} hint={hint}>
      {(ids) => (
        <Select
          className={styles.select}
          aria-labelledby={ids.label}
          aria-describedby={ids.hint}
          value={String(zoom)}
          data={zoomSteps.map((factor) => ({ value: String(factor), label: zoomText(factor) }))}
          onChange={(factor) => void (factor !== null && chooseZoom(Number(factor)).catch(reportError))}
        />
      )}
    </PreferenceLine>
  );
}

/** One of the preferences with few choices; its texts are those of its name. */
function PreferenceChoice({ name, hint }: { name: Preference; hint: string }) {
  const { t } = useTexts('preferences');
  const choices: readonly Choice<Preference>[] = preferenceChoices[name];
  return (
    <ChoiceLine
      label={t(`${name}.label`)}
      hint={hint}
      value={usePreference(name)}
      options={choices.map((value) => ({ value, label: t(`${name}.${value}` as 'density.compact') }))}
      onPick={(choice) => setPreference(name, choice)}
    />
  );
}

export function Appearance() {
  const { t } = useTexts('preferences');
  const theme = useSeat((seat) => seat.theme);
  return (
    <section>
      <h2>{t('appearance')}</h2>
      <ChoiceLine
        label={t('theme.label')}
        hint={t('theme.hint')}
        value={theme}
        options={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onPick={(next) => void chooseTheme(next).catch(reportError)}
      />
      <PreferenceChoice name="density" hint={t('density.hint')} />
      <ZoomLine />
      <PreferenceChoice name="motion" hint={t('motion.hint')} />
    </section>
  );
}

/** Another language re-renders the whole window, so the focus is restored. */
async function changeLanguage(code: string): Promise<void> {
  const saving = chooseLanguage(code);
  await speak(code);
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.language-choice input')?.focus());
  await saving;
}

export function Notation() {
  const { t } = useTexts('preferences');
  const [now] = useState(() => Date.now());
  const language = useSeat((seat) => seat.language);
  const languageOptions = Object.entries(languages).map(([value, { name }]) => ({ value, label: name }));
  const systemLanguage = languages[spokenFor(SYSTEM_LANGUAGE)]?.name ?? '';
  return (
    <section>
      <h2>{t('language.title')}</h2>
      <PreferenceLine label={t('language.label')} hint={t('language.hint')}>
        {(ids) => (
          <Select
            className={`${styles.select} language-choice`}
            aria-labelledby={ids.label}
            aria-describedby={ids.hint}
            value={language === SYSTEM_LANGUAGE || language in languages ? language : 'en'}
            data={[
              { value: SYSTEM_LANGUAGE, label: t('language.system', { name: systemLanguage }) },
              ...languageOptions,
            ]}
            onChange={(code) => void (code !== null && changeLanguage(code).catch(reportError))}
          />
        )}
      </PreferenceLine>
      <PreferenceChoice name="dates" hint={t('dates.hint', { today: dayText(now) })} />
      <PreferenceChoice name="numbers" hint={t('numbers.hint')} />
    </section>
  );
}

export function StartSection() {
  const { t } = useTexts('preferences');
  return (
    <section>
      <h2>{t('starting')}</h2>
      <PreferenceChoice name="start" hint={t('start.hint')} />
    </section>
  );
}

export function FilesSection() {
  const { t } = useTexts('preferences');
  const { data } = useWorkspace();
  return (
    <section>
      <h2>{t('files.title')}</h2>
      <PreferenceLine label={t('records:one.workspace')} hint={t('files.hint')}>
        {(ids) => (
          <>
            <span className={`inline gap-8 small dim ${styles.folder} cut`}>
              <IconFolder size={16} stroke={1.6} />
              {data?.name ?? ''}
            </span>
            <Button
              size="xs"
              aria-describedby={ids.hint}
              onClick={() => void shell.workspace.reveal({}).catch(reportError)}
            >
              {t('common:showInFolder')}
            </Button>
          </>
        )}
      </PreferenceLine>
      <PreferenceLine label={t('files.seat')} hint={t('files.seatHint')}>
        {() => <span className={`inline gap-8 small dim ${styles.folder}`}>{t('files.here')}</span>}
      </PreferenceLine>
    </section>
  );
}

/** Preferences of one person on this computer; changes apply at once. */
export default function PreferencesView() {
  const { t } = useTexts('preferences');
  const reset = async (): Promise<void> => {
    const restorePreferences = await resetPreferences();
    notice({
      id: 'preferences',
      title: t('preferences:usualDone'),
      action: { label: t('common:undo'), run: () => void restorePreferences().catch(reportError) },
    });
  };
  return (
    <Page
      title={t('commands:view.preferences')}
      actions={<Button onClick={() => void reset().catch(reportError)}>{t('preferences:usual')}</Button>}
    >
      <p className="dim">{t('preferences:intro')}</p>
      <Appearance />
      <Notation />
      <StartSection />
      <FilesSection />
      <LanguageModels />
      <Networks />
      <Updates />
    </Page>
  );
}
