import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import InsightsView from '#renderer/features/insights/InsightsView.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { queryClient } from '#renderer/stores/queries.ts';
import { insightsOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { serveShell } from '../support/shell.ts';

const evil = 'Anna <script>alert(1)</script>';

/** A team of a university that is linked with two faculty members and another team. */
async function open() {
  await serveCore();
  const shell = await serveShell();
  const create = async (type: 'team' | 'faculty' | 'university', data: object): Promise<string> =>
    (await api.entities.create({ type, data: { ...data } })).record.id;
  const university = await create('university', { name: 'Summit' });
  const radio = await create('team', { name: 'Radio', university_id: university });
  const others = [
    await create('faculty', { name: evil, university_id: university }),
    await create('faculty', { name: 'Bert Berg', university_id: university }),
    await create('team', { name: 'Power' }),
  ];
  for (const [at, to] of others.entries())
    await api.entities.create({
      type: 'interface',
      data: { from: radio, to, energy_loss: [60, 40, 35][at] ?? 5 },
    });
  navigate(insightsOf('weak'));
  const { hands } = draw(<InsightsView />);
  const button = await screen.findByRole('button', { name: 'Share as page…' });
  await waitFor(() => expect(button).toHaveProperty('disabled', false), { timeout: 20_000 });
  /** Saves the page with the boxes in `flipped` turned. */
  const save = async (flipped: readonly string[]): Promise<string> => {
    const before = shell.saved.length;
    await hands.click(button);
    const dialog = await screen.findByRole('dialog', { name: 'Share as page' });
    for (const name of flipped) await hands.click(within(dialog).getByRole('checkbox', { name }));
    await hands.click(within(dialog).getByRole('button', { name: 'Choose where…' }));
    await waitFor(() => expect(shell.saved.length).toBe(before + 1), { timeout: 10_000 });
    const content = shell.saved.at(-1);
    return content?.kind === 'text' ? content.text : '';
  };
  return { save, shell };
}

beforeEach(() => queryClient.clear());

describe('sharing an answer as a page', () => {
  it('leaves out names of people unless they are ticked, also in sentences, and escapes all', async () => {
    const { save } = await open();
    const html = await save([]);
    expect(html).not.toMatch(/Anna|Bert|Berg|<script/);
    expect(html).toContain('Radio → Person 1');
    expect(html).toMatch(/<h1>Strengthening “Radio → Person \d” would add/);
    expect(html).toContain('Summit');
    expect(html).toContain('<svg class="network"');
    const whole = await save(['Names of people']);
    expect(whole).toContain('Bert Berg');
    expect(whole).toContain('Anna &lt;script&gt;');
    expect(whole).not.toContain('<script');
    expect(await save(['Names of people'])).toBe(whole);
  });

  it('leaves out universities, repairs and the network if they are not selected', async () => {
    const { save } = await open();
    const whole = await save([]);
    const html = await save(['Names of universities', 'Simulated repairs', 'Network']);
    expect(whole).toContain('Strengthen the link');
    expect(html).not.toMatch(/Summit|Strengthen the link|<svg/);
    expect(html).toContain('University 1');
  });
});
