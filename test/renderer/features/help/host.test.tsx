import { act, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { run, useRegistry } from '#renderer/commands/registry.ts';
import HelpHost from '#renderer/features/help/HelpHost.tsx';
import { go, here } from '#renderer/stores/address.ts';
import { layoutAt } from '#renderer/stores/tabs/layout.ts';
import { currentOf } from '#renderer/stores/tabs/trail.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { listOf } from '#shared/address/view.ts';
import { draw } from '../../support/draw.tsx';

const kinds = (): string[] =>
  useTabs.getState().panes.flatMap(({ tabs }) => tabs.map((tab) => currentOf(tab).view.kind));

beforeEach(() => useTabs.setState(layoutAt(), true));

it.each([
  ['go.wizard', 'wizard'],
  ['help.terms', 'help'],
])('%s has a tab of its own, and only one: what was looked at stays open', async (command, kind) => {
  act(() => go(listOf('team')));
  draw(<HelpHost />);
  await waitFor(() => expect(useRegistry.getState().commands.some(({ id }) => id === command)).toBe(true));
  act(() => void run(command));
  expect(here().view.kind).toBe(kind);
  expect(kinds()).toEqual(['list', kind]);
  act(() => void run(command));
  expect(kinds()).toEqual(['list', kind]);
});
