import { ActionIcon, Button } from '@mantine/core';
import { IconFlask, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { run } from '../../commands/registry.ts';
import { useMayChange, useReadOnly } from '../../stores/profile.ts';
import { keep, useKept } from '../../stores/seat.ts';
import { takeSampleOut } from './sample.ts';
import { StartCards } from './StartCards.tsx';

const seatKey = 'home.sampleKnown';

/** Says that the records are made up, and how to bring in one's own. Goes for good when the person has read it. */
export function SampleNote() {
  const { t } = useTranslation('home');
  const known = useKept(seatKey) === true;
  const [busy, setBusy] = useState(false);
  const readOnly = useReadOnly() !== null;
  if (!useMayChange() || readOnly || known) return null;
  const clear = async (): Promise<void> => {
    setBusy(true);
    await takeSampleOut();
    setBusy(false);
  };
  return (
    <aside className="home-sample" aria-label={t('sample.label')}>
      <IconFlask size={18} stroke={1.6} />
      <p>
        {t('sample.text')} {t('sample.own')}
      </p>
      <span className="home-sample-buttons">
        <Button variant="default" size="xs" onClick={() => run('workspace.new')}>
          {t('sample.fresh')}
        </Button>
        <Button variant="default" size="xs" loading={busy} onClick={() => void clear()}>
          {t('sample.clear')}
        </Button>
        <ActionIcon aria-label={t('sample.hide')} onClick={() => keep(seatKey, true)}>
          <IconX size={15} stroke={1.6} />
        </ActionIcon>
      </span>
      <StartCards empty={false} />
    </aside>
  );
}
