import { Button } from '@mantine/core';
import { IconWorldShare } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { useCommands } from '../../commands/registry.ts';
import { useTexts } from '../../i18n/setup.ts';

/** Shares what the view shows; disabled if nothing can be shared. */
export function useShareCommand(share: (() => unknown) | undefined): void {
  const { t } = useTexts('share');
  const latestShare = useRef(share);
  useEffect(() => {
    latestShare.current = share;
  });
  const enabled = share !== undefined;
  useCommands(
    () => [
      {
        id: 'file.share',
        group: 'file',
        label: t('command'),
        icon: IconWorldShare,
        enabled,
        run: () => latestShare.current?.(),
      },
    ],
    [t, enabled],
  );
}

export function ShareButton({ disabled = false, onClick }: { disabled?: boolean; onClick: () => void }) {
  const { t } = useTexts('share');
  return (
    <Button
      size="xs"
      leftSection={<IconWorldShare size={16} stroke={1.6} />}
      disabled={disabled}
      onClick={onClick}
    >
      {t('command')}
    </Button>
  );
}
