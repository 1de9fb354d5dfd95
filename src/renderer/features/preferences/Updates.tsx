import { Button } from '@mantine/core';
import type { UpdateState } from '#shared/shell/updates.ts';
import { channel as channels } from '#shared/updates/manifest.ts';
import { shell } from '../../api/shell.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useUpdates } from '../../stores/updates.ts';
import { report } from '../../ui/notices.tsx';
import { askGoBack } from '../updates/goBack.tsx';
import { StatusButton, UpdateDetails, useStatusText } from '../updates/UpdateStatus.tsx';
import { Choice, Line } from './Line.tsx';

/** The updates section: status and settings. */
export function Updates() {
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
    void shell.updates.set(settings).catch(report);
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
