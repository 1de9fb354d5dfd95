import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import AdministrationView from '#renderer/features/administration/AdministrationView.tsx';
import { dueText, durationText, healthLines } from '#renderer/features/administration/health.ts';
import SyncHost from '#renderer/features/sync/SyncHost.tsx';
import { useSync } from '#renderer/features/sync/state.ts';
import { currentAddress, openView } from '#renderer/stores/address.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { administrationOf } from '#shared/address/view.ts';
import type { AdministrationView as View } from '#shared/address/view.ts';
import type { ServerBackup } from '#shared/contract/server/admin.ts';
import type { AuditedChange, SignInAttempt } from '#shared/contract/server/audit.ts';
import { person, serveAdministration } from '../support/administration.ts';
import { draw } from '../support/draw.tsx';
import { layOut } from '../support/layout.ts';
import { notShared, sharedStatus } from '../support/sync.ts';

function show(part: View['part'] = 'people') {
  openView(administrationOf(part));
  return draw(
    <>
      <SyncHost />
      <AdministrationView />
    </>,
  );
}

const tom = person({ id: 'user_2', name: 'Tom Okafor', email: 'tom@example.org', role: 'researcher' });
const at = '2026-11-20T08:00:00.000Z';

const backup: ServerBackup = {
  id: 'backup_1',
  made_at: at,
  reason: 'daily',
  by: null,
  size: 1_200_000,
  sha256: 'a',
  encrypted: true,
  seq: 400,
  records: 1234,
};

beforeEach(() => {
  layOut();
  useSync.setState({ status: null, work: null, comparison: null, failure: null });
});

describe('permission to administer a server', () => {
  it('requires an admin: others see that, with a link to Sync', async () => {
    await serveAdministration({}, sharedStatus());
    const { hands } = show();
    expect(await screen.findByText(/^Only admins of the server/)).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Open Sync' }));
    expect(currentAddress().view).toEqual({ kind: 'sync' });
  });

  it('needs a server', async () => {
    await serveAdministration({}, notShared);
    show();
    expect(await screen.findByText(/^This workspace is not on a server\./)).toBeTruthy();
  });
});

describe('people of a server', () => {
  it('are in a table with their rights in words, and arrow keys move in it', async () => {
    await serveAdministration({ users: [person(), { ...tom, active: false, sees: 'university' }] });
    const { hands } = show();
    const row = within(await screen.findByRole('row', { name: /^Tom Okafor/ }));
    expect(row.getByText('Researcher')).toBeTruthy();
    expect(row.getByText('Own university')).toBeTruthy();
    expect(row.getByText('Disabled')).toBeTruthy();
    expect(within(screen.getByRole('row', { name: /^Ines Moreau/ })).getByText('you')).toBeTruthy();
    screen.getByRole('button', { name: 'Sessions of Ines Moreau' }).focus();
    await hands.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(row.getByRole('button', { name: 'Sessions of Tom Okafor' }));
    await hands.keyboard('{Home}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Sessions of Ines Moreau');
  });

  it('are searched by name or email if there are many', async () => {
    const users = Array.from({ length: 12 }, (_, n) =>
      person({ id: `u${n}`, name: `Person ${n}`, email: `p${n}@example.org` }),
    );
    await serveAdministration({ users });
    const { hands } = show();
    await hands.type(await screen.findByLabelText('Find person'), 'P11@');
    expect(screen.getAllByRole('row')).toHaveLength(2);
    await hands.type(screen.getByLabelText('Find person'), 'x');
    expect(screen.getByText(/^Nobody matches/)).toBeTruthy();
  });

  it('are added; missing values and errors of the server appear at their field', async () => {
    const { asked } = await serveAdministration({ users: [person(), tom] });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Add person…' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add person' }));
    await hands.click(dialog.getByRole('button', { name: 'Add person' }));
    expect(dialog.getAllByText('Fill in this field.')).toHaveLength(2);
    for (const text of [/^Enter an email/, /^Use at least 12/]) expect(dialog.getByText(text)).toBeTruthy();
    expect(document.activeElement).toBe(dialog.getByLabelText('Name'));
    await hands.type(dialog.getByLabelText('Name'), 'Lea Novak');
    await hands.type(dialog.getByLabelText('Email'), 'Tom@example.org');
    await hands.click(dialog.getByLabelText(/^Researcher/));
    await hands.click(dialog.getByRole('button', { name: 'Generate' }));
    const made = dialog.getByLabelText<HTMLInputElement>('Password');
    expect(made.value).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(made.type).toBe('text');
    await hands.click(dialog.getByRole('button', { name: 'Add person' }));
    expect(await dialog.findByText('This email is taken. Enter another one.')).toBeTruthy();
    await hands.clear(dialog.getByLabelText('Email'));
    await hands.type(dialog.getByLabelText('Email'), 'lea@example.org');
    await hands.click(dialog.getByRole('button', { name: 'Add person' }));
    expect(await screen.findByRole('row', { name: /^Lea Novak/ })).toBeTruthy();
    expect(asked.at(-1)).toBe(
      'createUser 23 {"name":"Lea Novak","email":"lea@example.org","role":"researcher","university_id":null,"sees":"all"}',
    );
  });

  it('are changed only in edited values', async () => {
    const { asked } = await serveAdministration({ users: [person(), tom] });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Edit Tom Okafor' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit Tom Okafor' }));
    await hands.click(dialog.getByLabelText(/^Viewer/));
    await hands.click(dialog.getByLabelText('Can sign in'));
    await hands.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Disabled')).toBeTruthy();
    expect(asked).toEqual(['updateUser {"role":"viewer","id":"user_2","active":false}']);
  });

  it('keep an admin: removing the last one is refused here and by the server', async () => {
    await serveAdministration();
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Edit Ines Moreau' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Edit Ines Moreau' }));
    await hands.click(dialog.getByLabelText(/^Viewer/));
    expect(dialog.getByText(/^You will no longer manage this server/)).toBeTruthy();
    await hands.click(dialog.getByRole('button', { name: 'Save' }));
    expect((await dialog.findByRole('alert')).textContent).toBe(
      'The server needs an admin who can sign in. Make someone else an admin first.',
    );
  });

  it('have sessions, which can be revoked except the current one', async () => {
    const session = (id: string, current: boolean) => ({
      id,
      device: `FRAMES on ${id}`,
      created_at: at,
      used_at: at,
      expires_at: at,
      current,
    });
    const { asked } = await serveAdministration({
      sessions: [session('desk', true), session('laptop', false)],
    });
    const { hands } = show();
    await hands.click(await screen.findByRole('button', { name: 'Sessions of Ines Moreau' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Sessions of Ines Moreau' }));
    expect(
      within(await dialog.findByRole('row', { name: /on desk/ })).getByText('this computer'),
    ).toBeTruthy();
    await hands.click(dialog.getByRole('button', { name: /^Revoke session on FRAMES on laptop/ }));
    await waitFor(() => expect(dialog.queryByRole('row', { name: /on laptop/ })).toBeNull());
    expect(asked).toEqual(['revokeSession {"id":"laptop"}']);
  });

  it('stay on the page if the server is unreachable, marked as older', async () => {
    const { held } = await serveAdministration({ users: [person(), tom] });
    const { hands } = show();
    await screen.findByRole('row', { name: /^Tom Okafor/ });
    held.refuses = 'unreachable';
    await hands.click(screen.getByText('Audit'));
    expect(await screen.findByRole('heading', { name: 'The server cannot be reached' })).toBeTruthy();
    await hands.click(screen.getByText('People'));
    expect(await screen.findByText(/This is the last known state\.$/)).toBeTruthy();
    expect(screen.getByRole('row', { name: /^Tom Okafor/ })).toBeTruthy();
    held.refuses = null;
    await hands.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText(/This is the last known state/)).toBeNull());
  });
});

describe('the server itself', () => {
  it('shows its state in a sentence and line by line, and is vacuumed', async () => {
    const { asked } = await serveAdministration();
    const { hands } = show('server');
    expect(await screen.findByText('The server needs attention')).toBeTruthy();
    const lines = within(screen.getByRole('list', { name: 'Health' }));
    expect(lines.getByText('No backup yet')).toBeTruthy();
    expect(lines.getByText('Warning')).toBeTruthy();
    expect(lines.getAllByText('OK')).toHaveLength(3);
    const figures = within(screen.getByRole('region', { name: 'Figures' }));
    expect(figures.getByText('3 days')).toBeTruthy();
    expect(figures.getByText('12.4 MB')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Vacuum' }));
    expect(await screen.findByText('Database vacuumed in 212 ms')).toBeTruthy();
    expect(asked).toEqual(['vacuum {}']);
  });

  it('is wrong if its database or schema is', () => {
    const status = {
      version: '0.1.0',
      uptime_seconds: 10,
      health: {
        status: 'unavailable' as const,
        database: { ok: false, latency_ms: null },
        migrations: { version: 2, newest: 3 },
        last_backup: at,
      },
      jobs: { queued: 1, running: 1, failed: 2 },
      database: { size_bytes: 0, records: 0, operations: 0, pool: { total: 0, idle: 0, waiting: 0 } },
    };
    const problems = ['A', 'B', null, 'D'].map((name, n) => ({
      id: `doc_${n}`,
      name,
      sha256: 'a',
      problem: 'missing' as const,
    }));
    const files = { count: 3, bytes: 2000, problems };
    const lines = healthLines({ status, database: null, files }, Date.parse(at) + 1000);
    expect(lines.at(-1)?.text).toMatch(/^4 documents have no intact file here: A, B, doc_2, …\./);
    expect(lines.map(({ subject: what, state }) => `${what} ${state}`)).toEqual([
      'database bad',
      'schema bad',
      'backup good',
      'jobs warn',
      'files warn',
    ]);
    expect(dueText(at, Date.parse(at) - 18_000_000)).toBe('in 5 hours');
    expect(dueText(at, Date.parse(at))).toBe('now');
    expect([10, 600, 7200, 200_000].map(durationText)).toEqual([
      '1 minute',
      '10 minutes',
      '2 hours',
      '2 days',
    ]);
  });
});

describe('backups of the server', () => {
  it('explain the empty list, and show progress while one is made', async () => {
    const { asked, held } = await serveAdministration();
    const { hands } = show('backups');
    expect(await screen.findByText('No backup yet')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Back up now' }));
    expect(await screen.findByText('Backing up the server')).toBeTruthy();
    expect(screen.getByText('40 %')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Back up now' }).disabled).toBe(true);
    expect(asked).toEqual(['backUp {}']);
    held.backups = [backup, { ...backup, id: 'b', files: { count: 12, bytes: 3_000_000, lacking: 2 } }];
    if (held.job) held.job = { ...held.job, state: 'completed', progress: 1 };
    expect(await screen.findByText('Server backed up', {}, { timeout: 5000 })).toBeTruthy();
    for (const files of ['not included', '12 · 3 MB · 2 missing'])
      expect(
        await screen.findByRole('row', {
          name: new RegExp(`Daily · encrypted Server 1,234 ${files} 1.2 MB`),
        }),
      ).toBeTruthy();
  });

  it('are restored once the name of the server is typed, after an explanation', async () => {
    const { asked } = await serveAdministration({ backups: [backup] });
    const { hands } = show('backups');
    await hands.click(await screen.findByRole('button', { name: /^Restore backup of/ }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Restore server?' }));
    expect(
      dialog.getByText(/^Replaces everything on .* with the backup of .* \(1,234 records\)\.$/),
    ).toBeTruthy();
    expect(dialog.getByText(/^Later changes return from computers that have them/)).toBeTruthy();
    const field = dialog.getByLabelText('Type “frames.example.org” to confirm');
    await hands.type(field, 'frames{Enter}');
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Restore server' }).disabled).toBe(true);
    expect(asked).toEqual([]);
    await hands.type(field, '.example.org{Enter}');
    expect(await screen.findByText('Restoring the server')).toBeTruthy();
    expect(asked).toEqual(['restore {"backup":"backup_1","confirm":"backup_1"}']);
  });

  it('show that the last one failed', async () => {
    const job = { id: 'j', kind: 'backup' as const, state: 'dead' as const, started_at: at, ended_at: at };
    await serveAdministration({
      backups: [backup],
      job: { ...job, progress: 0.5, problem: 'No space left on device.', backup: null },
    });
    show('backups');
    expect(await screen.findByText(/^The last backup failed\..* No space left on device\.$/)).toBeTruthy();
  });

  it('cannot be requested from an older server, with the reason', async () => {
    await serveAdministration({ refuses: 'older_server' });
    show('backups');
    expect(await screen.findByRole('heading', { name: 'The server is older than this FRAMES' })).toBeTruthy();
  });
});

describe('the audit of the server', () => {
  const change = (id: number, actor: string): AuditedChange => ({
    id,
    op_id: `op_${id}`,
    label: 'team.update',
    params: { title: 'Radio', fields: ['size'] },
    actor,
    action: 'update',
    entity_type: 'team',
    entity_id: 'team_1',
    title: 'Radio',
    universities: [],
    before: { name: 'Radio', size: 4 },
    after: { size: 5 },
    made_at: at,
    created_at: at,
  });
  const attempt = (id: number, event: string, user_id: string | null): SignInAttempt => ({
    id,
    at,
    event,
    user_id,
    address: '192.0.2.7',
    request_id: 'r',
    email: 'eve@example.org',
  });

  it('lists who changed what, paged, and for one person', async () => {
    const changes = [change(99, 'user_2'), ...Array.from({ length: 60 }, (_, id) => change(id, 'user_1'))];
    await serveAdministration({ users: [person(), tom], changes });
    const { hands } = show('audit');
    const table = within(await screen.findByRole('table', { name: 'Changes' }));
    expect(table.getByRole('cell', { name: 'Tom Okafor' })).toBeTruthy();
    expect(table.getAllByText('Changed “Size” of “Radio”')).toHaveLength(50);
    expect(screen.getByText('1–50 of 61')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Older' }));
    expect(await screen.findByText('51–61 of 61')).toBeTruthy();
    await hands.click(screen.getByRole('combobox', { name: 'Person' }));
    await hands.click(await screen.findByRole('option', { name: 'Tom Okafor' }));
    expect(await screen.findByText('1–1 of 1')).toBeTruthy();
  });

  it('lists sign-ins and refusals in words', async () => {
    const signIns = [attempt(2, 'token_refused', null), attempt(1, 'token', 'user_1')];
    await serveAdministration({ signIns });
    const { hands } = show('audit');
    expect(await screen.findByText('No entries yet.')).toBeTruthy();
    await hands.click(screen.getByText('Sign-ins'));
    const table = within(await screen.findByRole('table', { name: 'Sign-ins' }));
    expect(table.getByText('Rejected: wrong email or password')).toBeTruthy();
    expect(table.getByRole('cell', { name: 'eve@example.org' })).toBeTruthy();
    await waitFor(() => expect(table.getByRole('cell', { name: 'Ines Moreau' })).toBeTruthy());
    expect(queryClient.isFetching()).toBe(0);
  });
});
