import { MantineProvider } from '@mantine/core';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { CommandButton } from '#renderer/commands/CommandButton.tsx';
import { commandFactory } from '#renderer/commands/command.ts';
import { registerCommands, useRegistry } from '#renderer/commands/registry.ts';
import { splitPane } from '#renderer/stores/tabs/changes.ts';
import { changeLayout, TabContext, useTabs } from '#renderer/stores/tabs/store.ts';

afterEach(cleanup);

it('a button acts on its pane, key and palette on the focused one', () => {
  changeLayout(splitPane);
  const [left, right] = useTabs.getState().panes.map(({ active }) => active) as [string, string];
  const record = commandFactory('record', 'record');
  const gone = [
    registerCommands([record('all', 'Select all', { run: () => null })]),
    registerCommands([record('new', 'New team', { run: () => null })], left),
    registerCommands([record('new', 'New link', { run: () => null })], right),
  ];
  render(
    <MantineProvider>
      {[left, right].map((tab) => (
        <TabContext key={tab} value={tab}>
          <section aria-label={tab}>
            <CommandButton id="record.new" />
            <CommandButton id="record.all" />
          </section>
        </TabContext>
      ))}
    </MantineProvider>,
  );
  const words = (tab: string): (string | null)[] =>
    within(screen.getByRole('region', { name: tab }))
      .getAllByRole('button')
      .map(({ textContent }) => textContent);
  expect(words(left)).toEqual(['New team', 'Select all']);
  expect(words(right)).toEqual(['New link', 'Select all']);
  const named = useRegistry.getState().commands.find(({ id }) => id === 'record.new');
  expect(named?.label).toBe('New link');
  for (const take of gone) take();
});
