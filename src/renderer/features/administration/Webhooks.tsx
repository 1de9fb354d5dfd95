import { IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Hook } from '#shared/contract/administration.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { queryClient, queryFor } from '../../stores/queries.ts';
import { numberText } from '../../text/values.ts';
import { confirmAction } from '../../ui/ActionDialog.tsx';
import { copyText } from '../../ui/clipboard.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { RecordName } from '../../ui/RecordName.tsx';
import { RowButton } from '../../ui/RowButton.tsx';
import { When } from '../../ui/When.tsx';

type Action = 'rotate' | 'remove' | 'resend';

const copy = (text: string): void => {
  if (!copyText(text)) notice({ id: 'webhook', tone: 'bad', title: say('notices:link.notCopied') });
};

/** Milliseconds to read and copy a secret, because the server never shows it again. */
const secretMs = 600_000;

async function change({ id }: Hook, action: Action): Promise<void> {
  const { secret } = await api.administration.changeHook({ id, action });
  await queryClient.invalidateQueries(queryFor('administration.hooks', {}));
  if (secret === null) return;
  const copyAction = { label: say('common:copy'), run: () => copy(secret) };
  const title = say('administration:hooks.rotated');
  notice({ id: 'webhook', stays: secretMs, title, more: secret, action: copyAction });
}

async function act(hook: Hook, action: Action): Promise<void> {
  const run = (): Promise<void> => change(hook, action);
  if (action === 'resend') return run().catch(reportError);
  const title = say(`administration:hooks.${action}Title`);
  const text = say(`administration:hooks.${action}Text`, { address: hook.address });
  const button = say(`administration:hooks.${action}`);
  await confirmAction({ title, text, button, bad: action === 'remove', run });
}

export function Webhooks() {
  const { t } = useTexts('administration');
  const query = useQuery(queryFor('administration.hooks', {}));
  return (
    <QueryView query={query} label={t('common:asking')}>
      {({ hooks }) =>
        hooks.length === 0 ? (
          <EmptyState icon={IconWebhook} text={t('hooks.none')} />
        ) : (
          <DataTable
            rows={hooks}
            keyOf={({ id }) => id}
            label={t('part.webhooks')}
            className="plain-table"
            columns={[
              {
                key: 'name',
                title: t('part.webhooks'),
                kind: 'name',
                renderCell: ({ kind, repository_id, address }) =>
                  repository_id === null ? (
                    address
                  ) : (
                    <>
                      {t(`hooks.kind.${kind}`)} · <RecordName id={repository_id} />
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
                renderCell: ({ last_at, last_error }) => (
                  <>
                    {last_at === null ? '–' : <When at={last_at} />}
                    {last_error !== null && <p className="tiny bad">{last_error}</p>}
                  </>
                ),
              },
              {
                key: 'dead',
                title: t('hooks.dead'),
                kind: 'number',
                renderCell: ({ dead }) => numberText(dead),
              },
              {
                key: 'buttons',
                kind: 'buttons',
                renderCell: (hook) => {
                  const named = (label: string): { label: string; named: string } => ({
                    label,
                    named: `${label}: ${hook.address}`,
                  });
                  return (
                    <>
                      <RowButton {...named(t('notices:link.copy'))} onClick={() => copy(hook.address)} />
                      <RowButton {...named(t('hooks.rotate'))} onClick={() => void act(hook, 'rotate')} />
                      {hook.direction === 'out' && (
                        <RowButton
                          {...named(t('hooks.resend'))}
                          disabled={hook.dead === 0 && hook.state === 'on'}
                          onClick={() => void act(hook, 'resend')}
                        />
                      )}
                      <RowButton {...named(t('hooks.remove'))} onClick={() => void act(hook, 'remove')} />
                    </>
                  );
                },
              },
            ]}
          />
        )
      }
    </QueryView>
  );
}
