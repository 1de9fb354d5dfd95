import { screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { currentAddress, navigate } from '#renderer/stores/address.ts';
import { draftKeyOf, dropDraft, getDraft } from '#renderer/stores/drafts.ts';
import { listOf, listWithRecord } from '#shared/address/view.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { OpenPanel, make, openTeam } from './panel-hands.tsx';

const choice = (name: string): HTMLInputElement =>
  screen.getByRole<HTMLInputElement>('radio', { name: new RegExp(name) });

const payloads = async (): Promise<JsonObject[]> =>
  (await api.entities.list({ type: 'interface' })).rows.map(({ payload }) => payload);

describe('the form of a new link', () => {
  afterEach(() => dropDraft(draftKeyOf.new('interface')));

  async function open() {
    await serveCore();
    const university = await make('university', { name: 'Summit State' });
    const team = await make('team', { name: 'Thermal', university_id: university.id });
    const ada = await make('faculty', { name: 'Ada', university_id: university.id });
    navigate({ ...listOf('interface'), panel: { kind: 'new' } });
    const { hands } = draw(<OpenPanel />);
    await screen.findByRole('button', { name: 'Create link' });
    const chooseEnds = async (): Promise<void> => {
      const from = screen.getByRole<HTMLInputElement>('textbox', { name: 'From' });
      await hands.type(from, 'therm{Enter}');
      await waitFor(() => expect(from.value).toBe('Thermal'));
      // Closed lists of choices keep their options.
      await screen.findByText('Summit State', { selector: 'p' });
      const to = screen.getByRole<HTMLInputElement>('textbox', { name: 'To' });
      await hands.type(to, 'ada{Enter}');
      await waitFor(() => expect(to.value).toMatch(/^Ada/));
    };
    return { hands, chooseEnds, ends: [team.id, ada.id] };
  }

  it('stores the kind that follows from the ends, and the loss that follows from the choice', async () => {
    const { hands, chooseEnds } = await open();
    await chooseEnds();
    await hands.click(choice('From person to person'));
    await hands.click(screen.getByRole('button', { name: 'Create link' }));
    await waitFor(async () =>
      expect(await payloads()).toMatchObject([
        { interface_type: 'team-to-faculty', bond_type: 'institutional-weak', energy_loss: 35 },
      ]),
    );
  });

  it('says what the link is about below the choice', async () => {
    const { hands, chooseEnds } = await open();
    await chooseEnds();
    const fields = [...document.querySelectorAll('[data-field]')].map((row) =>
      row.getAttribute('data-field'),
    );
    expect(fields.slice(fields.indexOf('documented'))).toEqual([
      'documented',
      'description',
      'bearers',
      'importance',
    ]);
    const description = screen.getByPlaceholderText('What is passed on, for example telemetry formats.');
    expect(description).toBe(screen.getByRole('textbox', { name: 'Description' }));
    await hands.type(description, 'Heater limits');
    await hands.click(screen.getByRole('button', { name: 'Create link' }));
    await waitFor(async () => expect(await payloads()).toMatchObject([{ description: 'Heater limits' }]));
  });

  it.each(['this', 'the opposite'])(
    'names and opens a link in %s direction, and forbids no other',
    async (direction) => {
      const { hands, chooseEnds, ends } = await open();
      const [from, to] = direction === 'this' ? ends : ends.toReversed();
      const { id } = await make('interface', { from: from!, to: to!, description: 'Battery limits' });
      await chooseEnds();
      await screen.findByText(new RegExp(`^A link in ${direction} direction already exists`));
      await screen.findByText('Passed on already: “Battery limits”.');
      expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Create link' }).disabled).toBe(false);
      await hands.click(screen.getByRole('button', { name: 'Open' }));
      await waitFor(() => expect(currentAddress().view).toMatchObject({ panel: { kind: 'record', id } }));
      // The opened link has the same ends, so nothing waits for the next visit.
      expect(getDraft(draftKeyOf.new('interface'))).toEqual({});
    },
  );

  it('keeps a draft that says more than an existing link which is opened', async () => {
    const { hands, chooseEnds, ends } = await open();
    for (const description of ['Formats', 'Schedules'])
      await make('interface', { from: ends[0]!, to: ends[1]!, description });
    await make('interface', { from: ends[1]!, to: ends[0]!, description: 'The other way' });
    await chooseEnds();
    await hands.click(choice('By chance'));
    await screen.findByText(/^Passed on already: “(Formats|Schedules)” and “(Formats|Schedules)”\.$/);
    await hands.click(await screen.findByRole('button', { name: 'Open' }));
    expect(getDraft(draftKeyOf.new('interface'))).toMatchObject({
      from: ends[0],
      bond_type: 'fragile-temporary',
    });
  });

  it('offers the members of both ends first as bearers, with their team', async () => {
    const { hands, chooseEnds, ends } = await open();
    await make('student', { name: 'Aaron Abel' });
    await make('student', { name: 'Zoe Zimmer', team_id: ends[0]! });
    await chooseEnds();
    await hands.click(screen.getByRole('textbox', { name: 'Carried by' }));
    const [first, second] = await screen.findAllByRole('option', { name: /Abel|Zimmer/ });
    expect([first!.textContent, second!.textContent]).toEqual(['Zoe ZimmerThermal', 'Aaron AbelStudent']);
    await hands.type(screen.getByRole('textbox', { name: 'Carried by' }), 'therm');
    await waitFor(() =>
      expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
        'Zoe ZimmerThermal',
      ]),
    );
  });

  it('stores a loss of its own, and starts another link with the keyboard', async () => {
    const { hands, chooseEnds } = await open();
    await chooseEnds();
    await hands.click(screen.getByText(/^Percentages/));
    await hands.type(screen.getByRole('textbox', { name: 'Knowledge lost' }), '22');
    await hands.click(choice('By chance'));
    expect(screen.getByText(/22.% lost \(own value\)/)).toBeTruthy();
    await hands.keyboard('{Control>}{Shift>}{Enter}{/Shift}{/Control}');
    await waitFor(async () =>
      expect(await payloads()).toMatchObject([{ bond_type: 'fragile-temporary', energy_loss: 22 }]),
    );
    const from = screen.getByRole<HTMLInputElement>('textbox', { name: 'From' });
    await waitFor(() => expect(from.value).toBe(''));
    expect(document.activeElement).toBe(from);
    expect(choice('By chance').checked).toBe(false);
  });

  it('goes to the first problem, also in a closed part', async () => {
    const { hands, chooseEnds } = await open();
    await chooseEnds();
    await hands.click(screen.getByText(/^Percentages/));
    const share = screen.getByRole<HTMLInputElement>('textbox', { name: 'Documented' });
    await hands.type(share, '120');
    share.closest('details')?.removeAttribute('open');
    await hands.click(screen.getByRole('button', { name: 'Create link' }));
    await waitFor(() => expect(document.activeElement).toBe(share));
    expect(share.closest('details')?.open).toBe(true);
    expect(await payloads()).toEqual([]);
  });

  it('drops a loss of its own on request', async () => {
    const { hands, chooseEnds } = await open();
    await chooseEnds();
    await hands.click(choice('In reviewed documents'));
    await hands.click(screen.getByText(/^Percentages/));
    await hands.type(screen.getByRole('textbox', { name: 'Knowledge lost' }), '22');
    await hands.click(screen.getByRole('button', { name: /^Use 5/ }));
    await hands.click(screen.getByRole('button', { name: 'Create link' }));
    await waitFor(async () => expect(await payloads()).toMatchObject([{ energy_loss: 5 }]));
  });
});

describe('a link added in the panel of a record', () => {
  it('tells parallel links apart by what they are about', async () => {
    const { hands, id } = await openTeam({}, 'links');
    const power = await make('team', { name: 'Power' });
    const bob = await make('student', { name: 'Bob', team_id: id });
    await make('interface', { from: id, to: power.id, description: 'Battery limits' });
    await screen.findByText('Battery limits');
    await hands.click(screen.getByRole('button', { name: 'Add link' }));
    await hands.type(screen.getByRole('textbox', { name: 'With' }), 'power{Enter}');
    await screen.findByText(/^A link in this direction already exists/);
    await hands.type(screen.getByRole('textbox', { name: 'Description' }), 'Heater limits');
    await hands.type(screen.getByRole('textbox', { name: 'Carried by' }), 'bob{Enter}');
    await screen.findByRole('button', { name: /Bob/ });
    await hands.type(screen.getByRole('textbox', { name: 'Importance' }), 'high{Enter}');
    await hands.click(screen.getAllByRole('button', { name: 'Add link' }).at(-1) as HTMLElement);
    await screen.findByText('Heater limits');
    expect(await payloads()).toContainEqual(
      expect.objectContaining({ description: 'Heater limits', bearers: [bob.id], importance: 'high' }),
    );
  });
});

describe('the details of a link', () => {
  async function open(data: JsonObject) {
    await serveCore();
    const [from, to] = [await make('team', { name: 'A' }), await make('team', { name: 'B' })];
    const { id } = await make('interface', { from: from.id, to: to.id, ...data });
    navigate(listWithRecord('interface', id));
    const { hands } = draw(<OpenPanel />);
    await screen.findByRole('radiogroup', { name: 'Bond: how is this knowledge passed on?' });
    const stored = async (): Promise<JsonObject> =>
      (await api.entities.get({ type: 'interface', id })).payload;
    return { hands, stored };
  }

  it('another choice changes the usual loss with it', async () => {
    const { hands, stored } = await open({ bond_type: 'codified-strong' });
    expect(choice('In reviewed documents').checked).toBe(true);
    expect(screen.queryByText(/own value/)).toBeNull();
    await hands.click(choice('By chance'));
    await waitFor(async () =>
      expect(await stored()).toMatchObject({ bond_type: 'fragile-temporary', energy_loss: 60 }),
    );
  });

  it('an imported loss without a bond stays through a choice, until the usual one is asked for', async () => {
    const { hands, stored } = await open({ energy_loss: 22 });
    expect(screen.getAllByRole<HTMLInputElement>('radio').filter(({ checked }) => checked)).toEqual([]);
    expect(screen.getByText(/22.% lost \(own value\)/)).toBeTruthy();
    await hands.click(choice('From person to person'));
    await waitFor(async () => expect((await stored()).bond_type).toBe('institutional-weak'));
    expect((await stored()).energy_loss).toBe(22);
    await hands.click(await screen.findByRole('button', { name: /^Use 35/ }));
    await waitFor(async () => expect((await stored()).energy_loss).toBe(35));
  });
});
