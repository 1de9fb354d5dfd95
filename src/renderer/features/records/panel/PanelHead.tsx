import { ActionIcon, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconHistory, IconRestore, IconTrash, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { historyOf } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { go, showPanel } from '../../../stores/address.ts';
import { titleOr, typeName } from '../../../text/names.ts';
import { copyText } from '../../../ui/clipboard.ts';
import { Lifecycle, stageOf } from '../../../ui/Lifecycle.tsx';
import { removeRecord } from '../data/remove.ts';
import { restoreRecords } from '../data/restore.ts';

/** Whose the record is: its university, or the two that a link joins. */
function belonging(record: EntityRecord): string {
  const { derived } = record;
  const names =
    record.type === 'interface'
      ? [derived.from_university_title, derived.to_university_title]
      : [derived.university_title];
  return [...new Set(names.filter((name) => typeof name === 'string'))].join(' – ');
}

async function removeAndClose(record: EntityRecord): Promise<void> {
  if (await removeRecord(record)) showPanel(null);
}

function More({ record }: { record: EntityRecord }) {
  const { t } = useTranslation(['panel', 'commands']);
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon aria-label={t('panel:more')}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconCopy size={15} stroke={1.6} />} onClick={() => copyText(record.id)}>
          {t('commands:record.copyId')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconHistory size={15} stroke={1.6} />}
          onClick={() => go(historyOf({ record: record.id }))}
        >
          {t('panel:history.openAll')}
        </Menu.Item>
        <Menu.Divider />
        {record.deleted_at === null ? (
          <Menu.Item
            className="menu-bad"
            leftSection={<IconTrash size={15} stroke={1.6} />}
            onClick={() => void removeAndClose(record)}
          >
            {t('commands:record.delete')}
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconRestore size={15} stroke={1.6} />}
            onClick={() => void restoreRecords([record])}
          >
            {t('commands:record.restore')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What the record is, whose, and at which stage. */
export function PanelHead({ record }: { record: EntityRecord }) {
  const { t } = useTranslation('panel');
  const whose = belonging(record);
  const stage = stageOf(record.type === 'student' ? record.derived.status : record.payload.lifecycle);
  return (
    <header className="panel-head">
      <div className="panel-line">
        <span className="panel-kind cut">
          {typeName(record.type)}
          {whose !== '' && ` · ${whose}`}
        </span>
        <More record={record} />
        <ActionIcon aria-label={t('close')} title={t('close')} onClick={() => showPanel(null)}>
          <IconX size={18} stroke={1.6} />
        </ActionIcon>
      </div>
      <h2 className="panel-title">{titleOr(record.title, record.type)}</h2>
      {stage && (
        <div className="panel-badges">
          <Lifecycle stage={stage} badge />
        </div>
      )}
    </header>
  );
}
