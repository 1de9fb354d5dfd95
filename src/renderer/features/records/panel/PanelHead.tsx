import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCopy,
  IconDots,
  IconFocus2,
  IconHistory,
  IconLink,
  IconRestore,
  IconTrash,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { networkOf } from '#shared/address/network.ts';
import { historyOf, recordIn } from '#shared/address/view.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { go, here, openRecord, showPanel } from '../../../stores/address.ts';
import { askBack } from '../../../stores/moments.ts';
import { inPast } from '../../../stores/target.ts';
import { useTabId } from '../../../stores/tabs/store.ts';
import { titleOr, typeName } from '../../../text/names.ts';
import { copyText } from '../../../ui/clipboard.ts';
import { Lifecycle, stageOf } from '../../../ui/Lifecycle.tsx';
import { copyLink } from '../../../ui/copyLink.ts';
import { useMayChange } from '../data/mayChange.ts';
import { removeRecord } from '../data/remove.ts';
import { restoreRecords } from '../data/restore.ts';

/** Whose the record is: its university, or the two that a link joins. */
export function belonging(record: EntityRecord): string {
  const { derived } = record;
  const names =
    record.type === 'interface'
      ? [derived.from_university_title, derived.to_university_title]
      : [derived.university_title];
  return [...new Set(names.filter((name) => typeof name === 'string'))].join(' – ');
}

async function removeAndClose(record: EntityRecord, tab: string): Promise<void> {
  if ((await removeRecord(record)) && openRecord(tab) === record.id) showPanel(null, tab);
}

/** The network around the record, with the record beside it; a network that is looked at stays as it is coloured and arranged. */
function showAround(id: string): void {
  const { view } = here();
  const base = view.kind === 'network' ? view : networkOf();
  go({ ...base, focus: id, depth: 1, panel: { kind: 'record', id, tab: 'details' } });
}

/** What else can be done with the record. */
export function More({ record }: { record: EntityRecord }) {
  const { t } = useTranslation(['panel', 'commands', 'notices', 'network', 'past']);
  const tab = useTabId();
  const why = useMayChange(record, true);
  const locked = why === null ? {} : { disabled: true, title: why };
  return (
    <Menu position="bottom-end" width={210}>
      <Menu.Target>
        <ActionIcon aria-label={t('panel:more')}>
          <IconDots size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconCopy size={15} stroke={1.6} />}
          title={record.id}
          onClick={() => copyText(record.id)}
        >
          {t('commands:record.copyId')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLink size={15} stroke={1.6} />}
          onClick={() => copyLink(recordIn(record.type, record.id))}
        >
          {t('notices:link.copy')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconHistory size={15} stroke={1.6} />}
          onClick={() => go(historyOf({ record: record.id }))}
        >
          {t('panel:history.openAll')}
        </Menu.Item>
        {record.deleted_at === null && nodeType.safeParse(record.type).success && (
          <Menu.Item
            leftSection={<IconFocus2 size={15} stroke={1.6} />}
            onClick={() => showAround(record.id)}
          >
            {t('network:command.around')}
          </Menu.Item>
        )}
        {inPast() && (
          <Menu.Item
            leftSection={<IconHistory size={15} stroke={1.6} />}
            onClick={() => askBack([record.id])}
          >
            {t('past:restore.one')}
          </Menu.Item>
        )}
        <Menu.Divider />
        {record.deleted_at === null ? (
          <Menu.Item
            {...locked}
            className="menu-bad"
            leftSection={<IconTrash size={15} stroke={1.6} />}
            onClick={() => void removeAndClose(record, tab)}
          >
            {t('commands:record.delete')}
          </Menu.Item>
        ) : (
          <Menu.Item
            {...locked}
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
