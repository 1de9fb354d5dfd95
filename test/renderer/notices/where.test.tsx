import { notifications } from '@mantine/notifications';
import { act, screen } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import NoticeList from '#renderer/features/notices/NoticeList.tsx';
import { useNotices } from '#renderer/stores/notices.ts';
import { clearScreen, notice } from '#renderer/ui/notices.tsx';
import { clientOf, take } from '#test/support/sandboxes.ts';
import { serveCore } from '../support/core.ts';
import type { Served } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { tellIn } from '../support/target.ts';

beforeEach(() => {
  clearScreen();
  notifications.clean();
  useNotices.setState({ list: [], opened: false, next: 1 });
});

/** Something was told in a sandbox, and live is open now. */
async function toldInSpring(): Promise<Served> {
  const served = await serveCore();
  const { id } = await take(clientOf(served.workspace.core), 'Spring');
  tellIn(id, () => act(() => void notice({ title: 'Done', waits: true })));
  return served;
}

it('never says that a sandbox is gone that is there, while the sandboxes are being read', async () => {
  await toldInSpring();
  const seen: string[] = [];
  const look = (): unknown => seen.push(document.body.textContent);
  const watching = new MutationObserver(look);
  watching.observe(document.body, { childList: true, subtree: true, characterData: true });
  draw(<NoticeList />);
  look();
  await screen.findByText(/in the sandbox Spring/u);
  watching.disconnect();
  expect(seen.join('\n')).toMatch(/in a sandbox\b/u);
  expect(seen.join('\n')).not.toContain('not here any more');
});

it('says that it was in a sandbox where the sandboxes cannot be read', async () => {
  const { die } = await toldInSpring();
  die();
  draw(<NoticeList />);
  expect(await screen.findByText(/in a sandbox$/u)).toBeTruthy();
});

it('says of a sandbox that is gone that it is', async () => {
  await serveCore();
  tellIn('sbx_01900000-0000-7000-8000-000000000000', () =>
    act(() => void notice({ title: 'Done', waits: true })),
  );
  draw(<NoticeList />);
  expect(await screen.findByText(/in a sandbox that is not here any more/u)).toBeTruthy();
});
