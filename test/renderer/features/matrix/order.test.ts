import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { matrixOrders } from '#shared/address/view.ts';
import { cellsOf, directionOf, linksBetween } from '#renderer/features/matrix/LinkMatrix.tsx';
import { arrangeRecords, countInside } from '#renderer/features/matrix/order.ts';
import { moveByKey } from '#renderer/features/matrix/geometry.ts';
import { anyModel, edge, modelOf, node } from '../network/support.ts';

const same = (key: string): string => key;

/** Two triangles with one link between them, a record without links, and names that mix them. */
const triangles = modelOf(
  ['a1', 'b1', 'c2', 'd1', 'e2', 'f2', 'g'].map((id) => node(id, { university: id.slice(1) || null })),
  [
    ['a1', 'b1'],
    ['b1', 'd1'],
    ['d1', 'a1'],
    ['c2', 'e2'],
    ['e2', 'f2'],
    ['f2', 'c2'],
    ['d1', 'c2'],
  ].map(([from = '', to = '']) => edge(`${from}${to}`, from, to)),
);

describe('the order of the matrix', () => {
  it('clusters linked records, and puts records without links last', () => {
    const { nodes, blocks } = arrangeRecords(triangles, 'cluster', same);
    expect(blocks).toEqual([
      { key: '1', start: 0, size: 3 },
      { key: '2', start: 3, size: 3 },
      { key: '', start: 6, size: 1 },
    ]);
    const ids = nodes.map(({ id }) => id);
    expect(ids.slice(0, 3).sort()).toEqual(['a1', 'b1', 'd1']);
    expect(ids.slice(3)).toEqual([...ids.slice(3, 6), 'g']);
    expect(countInside(arrangeRecords(triangles, 'cluster', same), triangles)).toEqual({ inside: 6, all: 7 });
  });

  it('groups by university, names in order, those without one last', () => {
    const { nodes, blocks } = arrangeRecords(triangles, 'university', same);
    expect(nodes.map(({ id }) => id)).toEqual(['a1', 'b1', 'd1', 'c2', 'e2', 'f2', 'g']);
    expect(blocks.map(({ key, size }) => [key, size])).toEqual([
      ['1', 3],
      ['2', 3],
      ['', 1],
    ]);
  });

  it('sorts from incoming to outgoing, and from many links to few', () => {
    const model = modelOf(
      [
        node('a', { values: { lifecycle: 'outgoing' }, links: 1 }),
        node('b', { values: { lifecycle: 'other' }, links: 5 }),
        node('c', { values: {}, links: 2 }),
        node('d', { values: { lifecycle: 'incoming' }, links: 2 }),
      ],
      [],
    );
    expect(arrangeRecords(model, 'lifecycle', same).blocks.map(({ key }) => key)).toEqual([
      'incoming',
      'outgoing',
      'other',
      '',
    ]);
    expect(arrangeRecords(model, 'links', same).nodes.map(({ id }) => id)).toEqual(['b', 'c', 'd', 'a']);
  });

  test.prop([anyModel, fc.constantFrom(...matrixOrders)])(
    'has every record once, in blocks without gaps, whatever order the records come in',
    (model, order) => {
      const { nodes, blocks } = arrangeRecords(model, order, same);
      expect(nodes.map(({ id }) => id).sort()).toEqual([...model.nodes.keys()].sort());
      let end = 0;
      for (const { start, size } of blocks) {
        expect(start).toBe(end);
        end += size;
      }
      if (blocks.length > 0) expect(end).toBe(nodes.length);
      const turned = {
        ...model,
        nodes: new Map([...model.nodes].reverse()),
        edges: new Map([...model.edges].reverse()),
      };
      expect(arrangeRecords(turned, order, same)).toEqual({ nodes, blocks });
    },
  );
});

describe('the cells of the matrix', () => {
  test.prop([anyModel])('contain every interface once, transposed in the other convention', (model) => {
    const cells = cellsOf(model);
    const nodes = [...model.nodes.values()];
    const found = nodes.flatMap((row) =>
      nodes.flatMap((column) => {
        const { from, to } = directionOf(row, column, 'rows');
        expect(directionOf(column, row, 'columns')).toEqual({ from, to });
        expect(from).toBe(column);
        return linksBetween(cells, from, to).map(({ id }) => id);
      }),
    );
    expect(found.sort()).toEqual([...model.edges.keys()].sort());
  });

  it('name the link that loses least first, unknown losses last', () => {
    const model = modelOf(
      [node('a'), node('b')],
      [edge('x', 'a', 'b'), edge('y', 'a', 'b', { loss: 60 }), edge('z', 'a', 'b', { loss: 5 })],
    );
    expect(linksBetween(cellsOf(model), node('a'), node('b')).map(({ id }) => id)).toEqual(['z', 'y', 'x']);
  });

  it('are walked by keys, heads too, but not out of the matrix', () => {
    const press = (row: number, column: number, key: string, ctrlKey = false) =>
      moveByKey({ row, column }, { key, ctrlKey, metaKey: false }, { rows: 5, columns: 6 }, 3);
    expect(press(0, 0, 'ArrowUp')).toEqual({ row: -1, column: 0 });
    expect(press(-1, 0, 'ArrowLeft')).toEqual({ row: 0, column: -1 });
    expect(press(2, 2, 'End')).toEqual({ row: 2, column: 5 });
    expect(press(2, 2, 'End', true)).toEqual({ row: 4, column: 5 });
    expect(press(2, 2, 'PageDown')).toEqual({ row: 4, column: 2 });
    expect(press(2, 2, 'x')).toBeNull();
  });
});
