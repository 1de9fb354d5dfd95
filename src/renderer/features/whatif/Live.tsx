import { Button } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import type { WhatIfView } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { newScenario } from '../play/NewSandbox.tsx';
import { Controls } from './Controls.tsx';
import { Forecasts } from './Forecasts.tsx';
import { Outlook } from './Outlook.tsx';
import styles from './whatif.module.css';

/** The outlook of live without changes, and its forecasts. */
export function Live({ view }: { view: WhatIfView }) {
  const { t } = useTexts('whatif');
  return (
    <div className="fill column">
      <header className={`row wrap apart rigid gap-8-16 line-below px-16 py-12 ${styles.head}`}>
        <div>
          <h1 className="cut">{t('live')}</h1>
          <Controls view={view} />
        </div>
        <div className="flex wrap gap-8">
          <Button leftSection={<IconFlask size={15} stroke={1.7} />} onClick={() => newScenario(view)}>
            {t('newScenario')}
          </Button>
        </div>
      </header>
      <Outlook view={view}>
        <Forecasts view={view} />
      </Outlook>
    </div>
  );
}
