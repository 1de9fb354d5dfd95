import { IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Hook } from '#shared/contract/administration.ts';
import { networkReasons } from '#shared/domain/network-codes.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { queryFor } from '../../stores/queries.ts';
import { lookUp } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import { confirmAction } from '../../ui/ActionDialog.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { RecordName } from '../../ui/RecordName.tsx';
import { RowButton } from '../../ui/RowButton.tsx';
import { When } from '../../ui/When.tsx';
import { showChangedHooks } from './changed-hooks.tsx';

const copy = (text: string): void => {
  if (!copyText(text)) notice({ id: 'webhook', tone: 'bad', title: say('notices:link.notCopied') });
};

async function change({ id }: Hook, action: 'rotate' | 'remove' | 'resend'): Promise<void> {
  const { secret } = await api.administration.changeHook({ id, action });
  await showChangedHooks(secret);
}

async function askToChange(hook: Hook, action: 'rotate' | 'remove'): Promise<void> {
  await confirmAction({
    title: say(`administration:hooks.${action}Title`),
    text: say(`administration:hooks.${action}Text`, { address: hook.address }),
    button: say(`administration:hooks.${action}`),
    bad: action === 'remove',
    run: () => change(hook, action),
  });
}

function HookButtons({ hook }: { hook: Hook }) {
  const { t } = useTexts('administration');
  const button = (label: string, onClick: () => void, disabled = false) => (
    <RowButton label={label} named={`${label}: ${hook.address}`} onClick={onClick} disabled={disabled} />
  );
  const { direction, dead, state, address } = hook;
  return (
    <>
      {button(t('notices:link.copy'), () => copy(address))}
      {button(t('hooks.rotate'), () => void askToChange(hook, 'rotate'))}
      {direction === 'out' &&
        button(
          t('hooks.resend'),
          () => void change(hook, 'resend').catch(reportError),
          dead === 0 && state === 'on',
        )}
      {button(t('hooks.remove'), () => void askToChange(hook, 'remove'))}
    </>
  );
}

/** Why a delivery failed, by the status of the answer or the code of the error. */
function deliveryProblem(problem: string, address: string): string {
  if (/^\d+$/.test(problem)) return say('administration:hooks.answered', { status: problem });
  const reason = networkReasons[problem];
  const host = URL.parse(address)?.host ?? address;
  return (reason && lookUp(`faults:network.${reason}.title`, { host })) ?? problem;
}

export function Webhooks() {
  const { t } = useTexts('administration');
  const query = useQuery(queryFor('administration.hooks', {}));
  const columns: readonly DataColumn<Hook>[] = [
    {
      key: 'name',
      title: t('part.webhooks'),
      kind: 'name',
      renderCell: ({ kind, repository_id, address }) => (
        <>
          {t(`hooks.kind.${kind}`)} · {repository_id === null ? address : <RecordName id={repository_id} />}
        </>
      ),
    },
    {
      key: 'state',
      title: t('records:field.state'),
      renderCell: ({ state }) => t(`hooks.state.${state}`),
    },
    {
      key: 'last',
      title: t('hooks.last'),
      renderCell: ({ last_at, last_error, waiting, address }) => (
        <>
          {last_at === null ? '–' : <When at={last_at} />}
          {last_error !== null && <p className="tiny bad">{deliveryProblem(last_error, address)}</p>}
          {waiting > 0 && <p className="tiny dim">{t('hooks.waiting', { count: waiting })}</p>}
        </>
      ),
    },
    { key: 'dead', title: t('hooks.dead'), kind: 'number', renderCell: ({ dead }) => numberText(dead) },
    { key: 'buttons', kind: 'buttons', renderCell: (hook) => <HookButtons hook={hook} /> },
  ];
  const label = t('part.webhooks');
  return (
    <QueryView query={query} label={t('common:asking')}>
      {({ hooks }) =>
        hooks.length === 0 ? (
          <EmptyState icon={IconWebhook} text={t('hooks.none')} />
        ) : (
          <DataTable
            rows={hooks}
            columns={columns}
            keyOf={({ id }) => id}
            label={label}
            className="plain-table"
          />
        )
      }
    </QueryView>
  );
}
