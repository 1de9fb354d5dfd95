import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/setup.ts';

/** Discloses how a value is computed; `children` are the text of the value, if it is not shown elsewhere. */
export function Formula({ text, children }: { text: string; children?: ReactNode }) {
  const { t } = useTexts('insights');
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
        <button type="button" className="explained term" onClick={() => setOpened(!opened)}>
          {children ?? t('how')}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('how')}>
        <p className="small">{text}</p>
      </Popover.Dropdown>
    </Popover>
  );
}
