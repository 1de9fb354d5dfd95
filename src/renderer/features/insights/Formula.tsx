import { Popover } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './insights.module.css';

/** Opens to how a value is computed. */
export function Formula({ text }: { text: string }) {
  const { t } = useTranslation('insights');
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={380}
      position="bottom-start"
      shadow="md"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <button type="button" className="term" onClick={() => setOpened(!opened)}>
          {t('how')}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('how')}>
        <p className={styles.formula}>{text}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
