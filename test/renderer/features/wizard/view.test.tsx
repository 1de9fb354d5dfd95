import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import WizardView from '#renderer/features/wizard/WizardView.tsx';
import { go, here } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { layoutAt } from '#renderer/stores/tabs/layout.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';

beforeEach(() => {
  useSeat.setState({ items: {} });
  useTabs.setState(layoutAt(), true);
});

async function open() {
  await serveCore();
  act(() => go({ kind: 'wizard' }));
  const drawn = draw(<WizardView />);
  const step = (name: string) => drawn.hands.click(screen.getByRole('button', { name }));
  return { ...drawn, step };
}

const box = (name: string) => screen.getByRole('textbox', { name });
const valueOf = (name: string) => (box(name) as HTMLInputElement).value;
const lines = (table: string): string[] =>
  within(screen.getByRole('table', { name: table }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.getAttribute('aria-label') ?? '');

describe('Enter in the name of the university', () => {
  it('goes on to the teams, but neither without a name nor while one is composed', async () => {
    const { hands } = await open();
    const teams = () => screen.queryByRole('table', { name: 'Teams' });
    await hands.type(box('Name of the university'), '{Enter}');
    expect(teams()).toBeNull();
    await hands.type(box('Name of the university'), '東京');
    fireEvent.keyDown(box('Name of the university'), { key: 'Enter', isComposing: true });
    expect(teams()).toBeNull();
    await hands.type(box('Name of the university'), '{Enter}');
    expect(teams()).toBeTruthy();
  });
});

describe('lines of the wizard', () => {
  it('come by themselves, are pasted into, and are taken away', async () => {
    const { hands, step } = await open();
    await step('Teams');
    expect(lines('Teams')).toEqual(['Team 1']);
    await hands.type(box('Team 1: Name'), 'Avionics');
    expect(lines('Teams')).toEqual(['Team 1', 'Team 2']);
    fireEvent.paste(box('Team 2: Name'), { clipboardData: { getData: () => 'Ground\tx\r\nPayload\r\n' } });
    expect(lines('Teams')).toEqual(['Team 1', 'Team 2', 'Team 3', 'Team 4']);
    expect(valueOf('Team 3: Name')).toBe('Payload');
    await hands.type(box('Team 3: Size'), '7');
    await hands.click(screen.getByRole('button', { name: 'Remove line 1' }));
    expect(valueOf('Team 1: Name')).toBe('Ground');
    expect(valueOf('Team 2: Size')).toBe('7');
    // A single word is pasted as anywhere.
    fireEvent.paste(box('Team 3: Name'), { clipboardData: { getData: () => 'one line' } });
    expect(valueOf('Team 3: Name')).toBe('');
  });

  it('of people ask what belongs to their kind, and become records with their links', async () => {
    const { hands, step } = await open();
    await hands.type(box('Name of the university'), 'Redwood');
    await step('Teams');
    await hands.type(box('Team 1: Name'), 'Avionics');
    await step('People');
    await hands.type(box('Person 1: Name'), 'Sam');
    await hands.selectOptions(screen.getByRole('combobox', { name: 'Person 1: Team' }), 'Avionics');
    await hands.type(box('Person 1: Terms left'), '3');
    await hands.type(box('Person 2: Name'), 'Fay');
    await hands.selectOptions(screen.getByRole('combobox', { name: 'Person 2: Is' }), 'Faculty');
    expect(screen.queryByRole('combobox', { name: 'Person 2: Team' })).toBeNull();
    expect(screen.queryByRole('textbox', { name: 'Person 2: Terms left' })).toBeNull();
    await step('Links');
    await hands.selectOptions(screen.getByRole('combobox', { name: 'Link 1: From' }), 'Fay');
    await hands.selectOptions(screen.getByRole('combobox', { name: 'Link 1: To' }), 'Avionics');
    await step('Review');
    await hands.click(screen.getByRole('button', { name: 'Create all' }));
    await waitFor(() => expect(here().view).toMatchObject({ kind: 'list', type: 'team' }));
    expect(await api.entities.counts({})).toMatchObject({
      universities: 1,
      teams: 1,
      students: 1,
      faculty: 1,
      interfaces: 1,
    });
  });
});
