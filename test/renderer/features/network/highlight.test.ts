import { describe, expect, it } from 'vitest';
import { neighboursOf } from '#renderer/features/network/model/model.ts';
import { brightOf, Highlight } from '#renderer/features/network/stage/Highlight.ts';
import { edge, modelOf, node } from './support.ts';

const ids = Array.from({ length: 200 }, (_, at) => `n${at}`);
const star = modelOf(
  ids.map((id) => node(id)),
  [...ids.slice(1, 4).map((id) => edge(`to-${id}`, 'n0', id)), edge('far', 'n8', 'n9')],
);
const neighbours = neighboursOf(star);
const look = { x: 0, y: 0, size: 5, color: '#000000', shape: 'circle' as const, label: 'Thermal' };
const line = { size: 1, color: '#000000', dash: null };
const none: ReadonlySet<string> = new Set();

function highlighting(large = false) {
  const highlight = new Highlight();
  highlight.show(star, neighbours, large);
  highlight.set({ hovered: null, selected: none, edge: null });
  return { highlight, drawn: (id: string) => highlight.node(id, look, '#ffffff') };
}

describe('what stays bright', () => {
  it('is everything when nothing is emphasised, or what is emphasised is not shown', () => {
    expect(brightOf({ hovered: null, selected: none, edge: null }, star, neighbours)).toBeNull();
    expect(brightOf({ hovered: 'x', selected: none, edge: 'x' }, star, neighbours)).toBeNull();
  });

  it('is the hovered node with its neighbours, before the selection', () => {
    const bright = brightOf({ hovered: 'n1', selected: new Set(['n8']), edge: null }, star, neighbours);
    expect([...(bright?.nodes ?? [])]).toEqual(['n1', 'n0']);
    expect([bright?.edge('to-n1', 'n0', 'n1'), bright?.edge('far', 'n8', 'n9')]).toEqual([true, false]);
  });

  it('is a link with its ends, which is thicker', () => {
    const { highlight, drawn } = highlighting();
    highlight.set({ hovered: null, selected: none, edge: 'far' });
    expect([drawn('n8').dimmed, drawn('n0').dimmed]).toEqual([false, true]);
    expect(highlight.edge('far', ['n8', 'n9'], line, '#ffffff')).toMatchObject({ size: 3.5, zIndex: 2 });
  });
});

describe('a highlight', () => {
  it('names the hovered node and its neighbours, and dims the rest', () => {
    const { highlight, drawn } = highlighting();
    expect(drawn('n1')).toMatchObject({ dimmed: false, forceLabel: false, color: '#000000' });
    expect(highlight.set({ hovered: 'n0', selected: none, edge: null })).toBe(true);
    expect([...highlight.boldNodes()]).toEqual(['n0']);
    expect(drawn('n1')).toMatchObject({ forceLabel: true, dimmed: false });
    expect(drawn('n8')).toMatchObject({ forceLabel: false, dimmed: true });
    expect(drawn('n8').color).not.toBe('#000000');
    expect(highlight.set({ hovered: 'n0', selected: none, edge: null })).toBe(false);
  });

  it('of a hovered node dims nothing in a large network, where lines go to its neighbours', () => {
    const { highlight, drawn } = highlighting(true);
    expect(highlight.set({ hovered: 'n0', selected: none, edge: null })).toBe(false);
    expect(drawn('n8').dimmed).toBe(false);
    expect(highlight.rayEnds('n0')).toEqual(['n1', 'n2', 'n3']);
    expect(highlight.rayEnds('n8')).toEqual([]);
  });

  it('of a selection has bold names as long as it is small', () => {
    const { highlight, drawn } = highlighting();
    highlight.set({ hovered: null, selected: new Set(ids.slice(0, 12)), edge: null });
    expect(highlight.boldNodes().size).toBe(12);
    highlight.set({ hovered: null, selected: new Set(ids), edge: null });
    expect(drawn('n1').highlighted).toBe(true);
    expect(highlight.boldNodes().size).toBe(0);
    highlight.set({ hovered: null, selected: new Set(['n5']), edge: null });
    expect(highlight.single).toBe('n5');
  });
});
