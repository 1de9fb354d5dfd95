import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import MatrixView from '#renderer/features/matrix/MatrixView.tsx';
import { useRequestedLink } from '#renderer/features/records/panel/LinksTab.tsx';
import { navigate, currentAddress } from '#renderer/stores/address.ts';
import { actAs } from '#renderer/stores/profile.ts';
import { whilePrinting } from '#renderer/stores/printing.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { matrixOf } from '#shared/address/view.ts';
import type { MatrixView as View } from '#shared/address/view.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';
import { layOut } from '../../support/layout.ts';

beforeEach(() => {
  useSeat.setState({ items: {} });
  useRequestedLink.setState({ id: null });
});

async function team(name: string): Promise<string> {
  const { record } = await api.entities.create({ type: 'team', data: { name, lifecycle: 'incoming' } });
  return record.id;
}

/** Autonomy receives from Thermal, and nothing goes back. */
async function twoTeams() {
  await serveCore();
  layOut();
  const [autonomy, thermal] = [await team('Autonomy'), await team('Thermal')];
  const data = { from: thermal, to: autonomy, bond_type: 'codified-moderate', energy_loss: 15 };
  const { record } = await api.entities.create({ type: 'interface', data });
  return { autonomy, thermal, link: record.id };
}

/** The cells of a row, in the order of the columns: Autonomy, Thermal. */
async function cellsOf(row: string): Promise<HTMLElement[]> {
  const header = await screen.findByRole('rowheader', { name: row });
  return within(header.closest<HTMLElement>('[role="row"]') ?? header).getAllByRole('gridcell');
}

const panel = () => (currentAddress().view as View).panel;

describe('the matrix', () => {
  it.each([
    { inputs: 'rows' as const, linked: ['Autonomy', 1] as const, empty: ['Thermal', 0] as const },
    { inputs: 'columns' as const, linked: ['Thermal', 0] as const, empty: ['Autonomy', 1] as const },
  ])('opens a link, and offers one where there is none: inputs in $inputs', async (expected) => {
    const { autonomy, link } = await twoTeams();
    navigate(matrixOf({ order: 'name', inputs: expected.inputs }));
    const { hands } = draw(<MatrixView />);
    const cell = (await cellsOf(expected.linked[0]))[expected.linked[1]];
    expect(cell?.getAttribute('aria-label')).toMatch(/^Thermal → Autonomy: loses 15 %, /);
    if (cell) await hands.click(cell);
    expect(panel()).toEqual({ kind: 'record', id: link, tab: 'details' });
    await hands.keyboard('{Escape}');
    expect(panel()).toBeNull();

    const none = (await cellsOf(expected.empty[0]))[expected.empty[1]];
    none?.focus();
    await hands.keyboard('{Enter}');
    await screen.findByText('Autonomy → Thermal: no link');
    await hands.click(screen.getByRole('button', { name: 'Add link…' }));
    expect(panel()).toEqual({ kind: 'record', id: autonomy, tab: 'links' });
    expect(useRequestedLink.getState().id).toBe(autonomy);
  });

  it('is navigated by keys, and tells a viewer why no link can be added', async () => {
    await twoTeams();
    const vic = await api.workspace.createProfile({ name: 'Vic', role: 'viewer', university_id: null });
    await actAs(vic.id);
    navigate(matrixOf({ order: 'name' }));
    const { hands } = draw(<MatrixView />);
    (await cellsOf('Autonomy'))[0]?.focus();
    await hands.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe((await cellsOf('Thermal'))[0]);
    await hands.keyboard('{Enter}');
    const add = await screen.findByRole<HTMLButtonElement>('button', { name: 'Add link…' });
    await waitFor(() => expect(add.disabled).toBe(true));
    screen.getByText('Viewers cannot change records.');
  });
});

describe('people by expertise', () => {
  const student = async (name: string, data: object): Promise<string> => {
    const { record } = await api.entities.create({ type: 'student', data: { name, ...data } });
    return record.id;
  };

  it('names the only holder of an area, opens the person, and selects an area', async () => {
    await serveCore();
    layOut();
    const camera = await team('Camera');
    const ada = await student('Ada', { team_id: camera, expertise_area: 'Optics', terms_remaining: 1 });
    await student('Bo', { team_id: camera, expertise_area: 'Budgets', is_lead: true, terms_remaining: 4 });
    await student('Cy', { expertise_area: 'budgets' });
    navigate(matrixOf({ content: 'expertise' }));
    const { hands } = draw(<MatrixView />);
    await screen.findByText('Known by one person only: 1 of 2 areas');
    const heads = screen.getAllByRole('columnheader').map((head) => head.textContent);
    expect(heads).toEqual(['Who states which expertise', 'Optics 1 person', 'Budgets 2 people']);

    const cell = screen.getByRole('gridcell', { name: 'Only Ada knows “Optics” and leaves after this term' });
    screen.getByRole('gridcell', {
      name: 'Bo and 1 other person know “Budgets” · 4 terms left · leads “Camera”',
    });
    await hands.click(cell);
    expect(panel()).toEqual({ kind: 'record', id: ada, tab: 'details' });

    await hands.keyboard('{ArrowUp}{ArrowRight}{Enter}');
    expect((currentAddress().view as View).area).toBe('Budgets');
    await screen.findByText('2 people know “Budgets”: Bo and Cy');
    expect(screen.queryByRole('button', { name: 'Show in Insights' })).toBeNull();
    await hands.keyboard('{ArrowLeft}{Enter}');
    await hands.click(await screen.findByRole('button', { name: 'Show in Insights' }));
    expect(currentAddress().view).toMatchObject({ kind: 'insights', question: 'expertise', area: 'Optics' });
  });

  it('draws the people in sight, and all of them on paper', async () => {
    await serveCore();
    layOut();
    for (let at = 0; at < 60; at++) await student(`Student ${at}`, { expertise_area: 'Optics' });
    navigate(matrixOf({ content: 'expertise' }));
    draw(<MatrixView />);
    await screen.findByRole('rowheader', { name: /^Student 0 / });
    expect(screen.queryByRole('rowheader', { name: /^Student 59 / })).toBeNull();
    const printing: { rows: number }[] = [];
    await act(() =>
      whilePrinting(async () => {
        printing.push({ rows: screen.getAllByRole('rowheader').length });
      }),
    );
    expect(printing).toEqual([{ rows: 60 }]);
  });

  it('marks needed areas that nobody knows, also without people, and leads to the answer', async () => {
    await serveCore();
    layOut();
    await api.entities.create({
      type: 'project',
      data: { name: 'CubeSat A', needed_expertise: 'Optics' },
    });
    navigate(matrixOf({ content: 'expertise' }));
    const { hands } = draw(<MatrixView />);
    await hands.click(await screen.findByRole('columnheader', { name: /^Optics 0 people/ }));
    await screen.findByText('Nobody knows “Optics” · needed by CubeSat A');
    expect(screen.queryByRole('button', { name: 'Open students' })).toBeNull();
    await hands.click(screen.getByRole('button', { name: 'Show in Insights' }));
    expect(currentAddress().view).toMatchObject({ kind: 'insights', question: 'expertise', area: 'Optics' });
  });

  it('says that nobody states an area, and links to the students', async () => {
    await serveCore();
    navigate(matrixOf({ content: 'expertise' }));
    const { hands } = draw(<MatrixView />);
    await hands.click(await screen.findByRole('button', { name: 'Open students' }));
    expect(currentAddress().view).toMatchObject({ kind: 'list', type: 'student' });
  });
});
