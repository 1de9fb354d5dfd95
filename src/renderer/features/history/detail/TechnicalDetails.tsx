import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCheck, IconChevronRight, IconCopy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { inSentence } from '../../../text/names.ts';
import { copyText } from '../../../ui/clipboard.ts';

function Fact({ name, value, tip }: { name: string; value: string; tip?: string }) {
  const { t } = useTranslation('history');
  const [copied, setCopied] = useState(false);
  const Icon = copied ? IconCheck : IconCopy;
  const copy = t('technical.copy', { what: inSentence(name) });
  return (
    <div>
      <dt title={tip}>{tip === undefined ? name : <span className="explained">{name}</span>}</dt>
      <dd>
        <code>{value}</code>
        <Tooltip label={copy}>
          <ActionIcon size={24} aria-label={copy} onClick={() => setCopied(copyText(value))}>
            <Icon size={14} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </dd>
    </div>
  );
}

/** What tells this entry of the audit from every other, for those who check it. */
export function TechnicalDetails({ transaction }: { transaction: AuditTransaction }) {
  const { t } = useTranslation('history');
  return (
    <details className="history-technical">
      <summary>
        <IconChevronRight size={14} stroke={1.8} />
        {t('technical.title')}
      </summary>
      <dl>
        <Fact name={t('technical.op')} value={transaction.op_id} />
        <Fact name={t('technical.entry')} value={String(transaction.id)} />
        <Fact name={t('technical.hash')} value={transaction.hash} tip={t('technical.hashTip')} />
      </dl>
    </details>
  );
}
