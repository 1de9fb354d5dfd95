import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { Backup, BackupInside, RestoredSandboxes } from '#shared/contract/backups.ts';
import { mayKeepGolden } from '#shared/domain/permissions.ts';
import { api } from '../../../api/client.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { useMe, useReadOnly } from '../../../stores/profile.ts';
import { keys, queries } from '../../../stores/queries.ts';
import { permissionText } from '../../../text/faults.ts';
import { countedAll } from '../../../text/names.ts';
import { named } from '../named.ts';
import { ActionFrame } from '../../../ui/ActionDialog.tsx';
import { openDialog } from '../../../ui/dialog.tsx';
import { inNotice } from '../../../ui/in-notice.tsx';

/** Asks which sandboxes and golden versions of a backup shall come back. */
export function askToBringBack(backup: Backup): void {
  openDialog({ title: say('backups:bring.title', { when: named(backup) }), size: 520 }, (close) => (
    <BringForm backup={backup} onDone={close} />
  ));
}

const called = ({ kind, title }: Pick<BackupInside, 'kind' | 'title'>): string =>
  say(`backups:bring.${kind}`, { title });

async function bringBack(id: string, contents: string[]): Promise<void> {
  await inNotice({
    id: 'backup-bring',
    title: say('backups:bring.running'),
    start: (signal) => api.backups.bringBack({ id, contents }, { signal }),
    done: (done: RestoredSandboxes[]) => ({
      title: say('common:plan.deed.restored'),
      more: done.map((one) => say(`backups:bring.outcome.${one.outcome}`, { what: called(one) })).join(' '),
    }),
  });
  await queries.invalidateQueries({ queryKey: keys.sandboxes('here') });
}

function BringForm({ backup: { id, inside }, onDone }: { backup: Backup; onDone: () => void }) {
  const { t } = useTexts('backups');
  const me = useMe();
  const verdict = me && mayKeepGolden(me);
  const closed = useReadOnly();
  const admin = verdict?.allowed === false ? permissionText(verdict.rule) : null;
  const whyNot = ({ kind }: BackupInside): string | null => (kind === 'golden' ? (closed ?? admin) : null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const wanted = inside.filter((one) => !left.has(one.name) && whyNot(one) === null);
  const choose = (name: string, chosen: boolean): void => {
    const next = new Set(left);
    if (chosen) next.delete(name);
    else next.add(name);
    setLeft(next);
  };
  return (
    <ActionFrame
      working={null}
      failure={null}
      button={t('play:done.recover')}
      running={false}
      blocked={wanted.length === 0}
      first
      onRun={() => {
        onDone();
        void bringBack(
          id,
          wanted.map(({ name }) => name),
        );
      }}
      onCancel={onDone}
    >
      <p>{t('bring.what')}</p>
      <ul className="card stack scroll-y gap-8 pad-8 most-280 backup-records" aria-label={t('bring.list')}>
        {inside.map((one) => (
          <li key={one.name}>
            <Checkbox
              size="xs"
              checked={wanted.includes(one)}
              disabled={whyNot(one) !== null}
              onChange={(event) => choose(one.name, event.currentTarget.checked)}
              label={called(one)}
              description={whyNot(one) ?? countedAll(one.counts)}
            />
          </li>
        ))}
      </ul>
    </ActionFrame>
  );
}
