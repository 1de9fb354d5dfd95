import { Button } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../i18n/setup.ts';
import { copyText } from './clipboard.ts';

export function CopyTrace({ trace }: { trace: string }) {
  const { t } = useTexts('common');
  const [copied, setCopied] = useState(false);
  const Icon = copied ? IconCheck : IconCopy;
  return (
    <div className="trace">
      <span>{t('traceId')}</span> <code>{trace}</code>
      <Button
        size="xs"
        variant="subtle"
        color="gray"
        leftSection={<Icon size={14} stroke={1.6} />}
        onClick={() => setCopied(copyText(trace))}
      >
        {t(copied ? 'copied' : 'copy')}
      </Button>
    </div>
  );
}
