import { Menu } from '@mantine/core';
import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { runCommand } from '#renderer/commands/registry.ts';
import { useSelectionCommands } from '#renderer/features/network/commands/useSelectionCommands.ts';
import { SelectionBar } from '#renderer/features/network/NetworkView.tsx';
import { CommandItem } from '#renderer/commands/CommandItem.tsx';
import { createNetworkStore, NetworkProvider, selectNodes } from '#renderer/features/network/state.ts';
import type { CommandContext } from '#renderer/features/network/commands/useStageCommands.ts';
import { navigate } from '#renderer/stores/address.ts';
import { useNotices } from '#renderer/stores/notices.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { networkOf } from '#shared/address/network.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';
import { modelOf, node } from './support.ts';

function Commands(given: CommandContext) {
  useSelectionCommands(given);
  return <SelectionBar onDone={() => {}} />;
}

/** A network of a university with two teams and a student, and a team of no university. */
async function open() {
  await serveCore();
  await api.entities.create({ type: 'university', id: 'u1', data: { name: 'Summit' } });
  for (const id of ['t1', 't2'])
    await api.entities.create({ type: 'team', id, data: { name: id, university_id: 'u1' } });
  await api.entities.create({ type: 'team', id: 't3', data: { name: 't3' } });
  const student = { name: 's1', team_id: 't1', university_id: 'u1' };
  await api.entities.create({ type: 'student', id: 's1', data: student });
  await api.entities.create({ type: 'interface', id: 'l1', data: { from: 't1', to: 't3' } });
  const model = modelOf([
    node('u1', { type: 'university', title: 'Summit' }),
    ...['t1', 't2', 't3'].map((id) => node(id, { title: id })),
    node('s1', { type: 'student', title: 's1' }),
    node('u2', { type: 'university', title: 'Kepler' }),
  ]);
  navigate(networkOf());
  const store = createNetworkStore();
  const nothing = (): void => {};
  const given: CommandContext = {
    view: networkOf(),
    model,
    scene: null,
    focusSearch: nothing,
    focusCanvas: nothing,
    save: () => Promise.resolve(),
  };
  const { hands } = draw(
    <NetworkProvider value={store}>
      <Commands {...given} />
    </NetworkProvider>,
  );
  const before = await counts();
  return { hands, before, pick: (...ids: string[]) => act(() => selectNodes(store, ids)) };
}

const counts = () => api.entities.counts({});
const told = () => useNotices.getState().list[0]?.title;

beforeEach(() => useSeat.setState({ items: {} }));

describe('people without permission to change the network', () => {
  it('see the reason at the command, and when its key is pressed', async () => {
    const { hands, before, pick } = await open();
    const vic = await api.workspace.createProfile({ name: 'Vic', role: 'viewer', university_id: null });
    await actAs(vic.id);
    pick('t1', 't3');
    const why = 'Viewers cannot change records.';
    for (const name of ['Delete', 'Save positions']) {
      const button = await screen.findByRole('button', { name });
      await waitFor(() => expect(button.title).toBe(why));
      expect(button.getAttribute('aria-disabled')).toBe('true');
    }
    expect(runCommand('network.delete')).toBe(true);
    await waitFor(() => expect(told()).toBe('Not possible: Delete 2 teams'));
    expect(useNotices.getState().list[0]?.more).toBe(why);
    await hands.click(screen.getByRole('button', { name: 'Save positions' }));
    await waitFor(() => expect(told()).toMatch(/^Not possible: /));
    expect(await counts()).toEqual(before);
    draw(
      <Menu opened>
        <Menu.Dropdown>
          <CommandItem id="network.keep" />
        </Menu.Dropdown>
      </Menu>,
    );
    const item = await screen.findByRole('menuitem', { name: /^Save/ });
    expect(item.textContent).toContain(why);
  });
});
