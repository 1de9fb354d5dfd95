import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import AdministrationView from '#renderer/features/administration/AdministrationView.tsx';
import SyncHost from '#renderer/features/sync/SyncHost.tsx';
import { useSync } from '#renderer/features/sync/state.ts';
import { useNotices } from '#renderer/stores/notices.ts';
import { openView } from '#renderer/stores/address.ts';
import { administrationOf } from '#shared/address/view.ts';
import type { Hook } from '#shared/contract/administration.ts';
import { serveAdministration } from '../support/administration.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';

function show() {
  openView(administrationOf('webhooks'));
  return draw(
    <>
      <SyncHost />
      <AdministrationView />
    </>,
  );
}

const at = '2026-11-20T08:00:00.000Z';

beforeEach(() => {
  layOut();
  useSync.setState({ status: null, work: null, comparison: null, failure: null });
});

describe('webhooks', () => {
  const hook: Hook = {
    id: 'hook_1',
    kind: 'standard',
    direction: 'out',
    repository_id: null,
    url: 'https://example.edu/frames',
    address: 'https://example.edu/frames',
    state: 'paused',
    last_at: at,
    last_error: 'ENOTFOUND',
    delivered: 3,
    ignored: 0,
    waiting: 1,
    dead: 2,
    dead_letters: [],
  };

  it('explain how to add one', async () => {
    await serveAdministration();
    show();
    expect(await screen.findByText(/^No webhooks yet/)).toBeTruthy();
  });

  it('show their state, send again what is dead, and are removed after a question', async () => {
    const { asked } = await serveAdministration({ hooks: [hook] });
    const { hands } = show();
    expect(
      await screen.findByRole('row', {
        name: /example\.edu\/frames Paused after failures .*No computer has the name example\.edu.*1 waiting 2 /,
      }),
    ).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: /^Send again/ }));
    await hands.click(screen.getByRole('button', { name: /^Remove/ }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Remove webhook?' }));
    await hands.click(dialog.getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText(/^No webhooks yet/)).toBeTruthy();
    expect(asked).toEqual(
      ['resend', 'remove'].map((action) => `changeHook {"id":"hook_1","action":"${action}"}`),
    );
  });

  it('are added, and show their secret', async () => {
    const { asked } = await serveAdministration();
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Add webhook…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add webhook' }));
    await hands.click(dialog.getByRole('radio', { name: 'Send to an address' }));
    await hands.type(dialog.getByRole('textbox', { name: 'Address' }), 'https://example.edu/new');
    await hands.click(dialog.getByRole('button', { name: 'Add webhook' }));
    await screen.findByRole('dialog', { name: 'Secret of the webhook' });
    expect(screen.getByText('whsec_new')).toBeTruthy();
    // The list of notices would keep the secret.
    expect(useNotices.getState().list).toEqual([]);
    expect(asked).toEqual(['createHook {"kind":"standard","url":"https://example.edu/new"}']);
  });

  it('receive from a repository that is chosen by its name', async () => {
    const { served, asked } = await serveAdministration();
    const data = { name: 'Flight software' };
    const { record } = await served.workspace.as().entities.create({ type: 'repository', data });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Add webhook…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add webhook' }));
    const add = dialog.getByRole<HTMLButtonElement>('button', { name: 'Add webhook' });
    expect(add.disabled).toBe(true);
    await hands.click(dialog.getByRole('radio', { name: 'GitLab' }));
    await hands.type(dialog.getByRole('textbox', { name: 'Repository' }), 'Flight');
    await hands.click(await screen.findByRole('option', { name: /Flight software/ }));
    await hands.click(add);
    expect(await screen.findByText('whsec_new')).toBeTruthy();
    expect(asked).toEqual([`createHook {"kind":"gitlab","repository_id":"${record.id}"}`]);
  });

  it('show a new secret', async () => {
    await serveAdministration({
      hooks: [{ ...hook, direction: 'in', kind: 'gitlab', repository_id: 'repository_1' }],
    });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: /^Rotate secret/ }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Rotate secret?' }));
    await hands.click(dialog.getByRole('button', { name: 'Rotate secret' }));
    expect(await screen.findByText('whsec_new')).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Send again/ })).toBeNull();
  });
});
