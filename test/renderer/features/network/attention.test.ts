import { describe, expect, it } from 'vitest';
import { neighboursOf } from '#renderer/features/network/model/neighbours.ts';
import { Attention } from '#renderer/features/network/stage/Attention.ts';
import { edge, modelOf, node } from './support.ts';

const ids = Array.from({ length: 200 }, (_, at) => `n${at}`);
const star = modelOf(
  ids.map((id) => node(id)),
  [...ids.slice(1, 4).map((id) => edge(`to-${id}`, 'n0', id)), edge('far', 'n8', 'n9')],
);
const look = { x: 0, y: 0, size: 5, color: '#000000', shape: 'circle' as const, label: 'Thermal' };
const line = { size: 1, color: '#000000', dash: null };
const ground = '#ffffff';
const none: ReadonlySet<string> = new Set();

function attending(large = false) {
  const attention = new Attention();
  attention.show(star, neighboursOf(star), large);
  attention.turn({ hovered: null, selected: none, edge: null });
  return { attention, drawn: (id: string, note = 0) => attention.node(id, look, ground, note) };
}

describe('what is under the pointer', () => {
  it('is named in strong letters with room for what is said of it, and its neighbours are named too', () => {
    const { attention, drawn } = attending();
    expect(drawn('n1')).toMatchObject({ dimmed: false, named: false, forceLabel: false, color: '#000000' });
    expect(attention.turn({ hovered: 'n0', selected: none, edge: null })).toBe(true);
    expect(drawn('n0', 90)).toMatchObject({ named: true, note: 90, highlighted: false });
    expect(drawn('n1', 90)).toMatchObject({ named: false, needed: true, forceLabel: true, note: 0 });
    expect(drawn('n8').dimmed).toBe(true);
    expect(drawn('n8').color).not.toBe('#000000');
    expect(attention.edge('to-n1', ['n0', 'n1'], line, ground)).toMatchObject(line);
    expect(attention.edge('far', ['n8', 'n9'], line, ground).color).toBe(
      attention.dimmedLine('#000000', ground),
    );
    expect(attention.turn({ hovered: 'n0', selected: none, edge: null })).toBe(false);
  });

  it('dims nothing among many, where lines go from it over the others', () => {
    const { attention, drawn } = attending(true);
    expect(attention.turn({ hovered: 'n0', selected: none, edge: null })).toBe(false);
    expect(drawn('n8').dimmed).toBe(false);
    expect(attention.rayEnds('n0')).toEqual(['n1', 'n2', 'n3']);
    expect(attention.rayEnds('n8')).toEqual([]);
    expect([...attention.withRings()]).toEqual(['n0']);
  });
});

describe('what is selected', () => {
  it('is named in strong letters as long as that is few', () => {
    for (const large of [false, true]) {
      const { attention, drawn } = attending(large);
      attention.turn({ hovered: null, selected: new Set(ids.slice(0, 12)), edge: null });
      expect(drawn('n1')).toMatchObject({ named: true, highlighted: true });
      expect(attention.withRings().size).toBe(large ? 12 : 0);
      attention.turn({ hovered: null, selected: new Set(ids), edge: null });
      expect(drawn('n1')).toMatchObject({ named: false, highlighted: true, forceLabel: false });
      expect(attention.withRings().size).toBe(0);
      expect(attention.rayEnds('n0')).toEqual([]);
    }
  });

  it('is one, or none is the one', () => {
    const { attention } = attending();
    expect(attention.single).toBeNull();
    attention.turn({ hovered: null, selected: new Set(['n5']), edge: null });
    expect(attention.single).toBe('n5');
    attention.turn({ hovered: null, selected: new Set(['n5', 'n6']), edge: null });
    expect(attention.single).toBeNull();
    expect(attention.company('n0')).toEqual(['n1', 'n2', 'n3']);
  });

  it('is a line with its ends, thicker than the others', () => {
    const { attention, drawn } = attending();
    attention.turn({ hovered: null, selected: none, edge: 'far' });
    expect([drawn('n8').dimmed, drawn('n0').dimmed]).toEqual([false, true]);
    expect(attention.edge('far', ['n8', 'n9'], line, ground)).toMatchObject({ size: 3.5, zIndex: 2 });
  });
});
