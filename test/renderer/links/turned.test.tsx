import { act } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { printAddress } from '#shared/address/address.ts';
import { listOf, recordAlone } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import { api } from '#renderer/api/client.ts';
import { followLink } from '#renderer/features/links/followLink.ts';
import { beginTurned, bringFocus, dropFocus } from '#renderer/features/workspace/turned.ts';
import { go, here } from '#renderer/stores/address.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const tabs = (): number => useTabs.getState().panes.flatMap((pane) => pane.tabs).length;
const to = (view: View, target = 'live'): string => printAddress({ target, view });

/** As the page does that somebody turned to: it shows where the link leads, and the shell tells it of the link a moment later. */
function begin(link: string): void {
  bringFocus(link);
  act(beginTurned);
  dropFocus();
}
const told = (link: string): Promise<void> => act(() => followLink(link));

beforeEach(async () => {
  go({ kind: 'home' });
  await serveCore();
  draw(null);
});

describe('a page that somebody turned to by a link', () => {
  it('shows where it leads from the first moment on, once', async () => {
    const before = tabs();
    const link = to(listOf('student'));
    begin(link);
    expect(here().view).toEqual(listOf('student'));
    await told(link);
    expect(here().view).toEqual(listOf('student'));
    expect(tabs()).toBe(before + 1);
  });

  it('leaves whoever went elsewhere before the shell told of it', async () => {
    const link = to(listOf('student'));
    begin(link);
    go({ kind: 'golden' });
    await told(link);
    expect(here().view).toEqual({ kind: 'golden' });
  });

  it('shows a record as what it is once that was looked up, in the same tab', async () => {
    const { record } = await api.entities.create({ type: 'team', data: { name: 'Thermal' } });
    const before = tabs();
    const link = to(recordAlone('student', record.id));
    begin(link);
    await told(link);
    expect(here().view).toEqual(recordAlone('team', record.id));
    expect(tabs()).toBe(before + 1);
  });

  it('stays where it was when the link is of something else that can be open', async () => {
    begin(to(listOf('student'), 'sbx_1'));
    expect(here().view).toEqual({ kind: 'home' });
  });

  it('follows the same link like any other afterwards', async () => {
    const link = to(listOf('student'));
    begin(link);
    await told(link);
    go({ kind: 'golden' });
    await told(link);
    expect(here().view).toEqual(listOf('student'));
  });
});
