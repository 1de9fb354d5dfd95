import { fc, test } from '@fast-check/vitest';
import { expect, it } from 'vitest';
import { Shapes } from '#core/model/columns/shapes.ts';
import { customKinds } from '#shared/domain/custom-fields.ts';

const shape = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'number a', '1', 'Ä'), fc.constantFrom(...customKinds)), {
    selector: ([name]) => name,
    maxLength: 4,
  })
  .map((fields) => (fields.length === 0 ? null : JSON.stringify(fields)));
const counted = fc.uniqueArray(fc.tuple(shape, fc.nat(3)), { selector: ([text]) => text, maxLength: 8 });

test.prop([fc.array(counted, { maxLength: 8 })])(
  'shapes that were met before say what they did',
  (moments) => {
    const shapes = new Shapes();
    for (const now of moments) {
      for (const _ of now.length % 2 === 0 ? shapes.parseAhead(now) : []) continue;
      expect(shapes.fieldsIn(now)).toEqual(new Shapes().fieldsIn(now));
    }
  },
);

it('fields have the kind of all their values, and the most frequent ones are listed', () => {
  const many = Array.from(
    { length: 250 },
    (_, at) => [JSON.stringify([[`Field ${at}`, 'text']]), 250 - at] as const,
  );
  const two = [
    [JSON.stringify([['Mixed', 'number']]), 400],
    [
      JSON.stringify([
        ['Mixed', 'boolean'],
        ['List', 'json'],
      ]),
      400,
    ],
    [
      JSON.stringify([
        ['List', 'text'],
        ['Gone', 'text'],
      ]),
      0,
    ],
  ] as const;
  const found = new Shapes().fieldsIn([...many, ...two]);
  expect(found).toHaveLength(200);
  expect(found.filter(({ kind }) => kind !== 'text')).toEqual([{ name: 'List', kind: 'json' }]);
  const names = found.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['Mixed', 'Field 0', 'Field 197']));
  expect(names).not.toContain('Field 198');
});

it('a field is a date field if more than half of its values are days', () => {
  const shape = (kind: string) => JSON.stringify([['Start', kind]]);
  const kindOf = (days: number, words: number, lists = 0) =>
    new Shapes().fieldsIn([
      [shape('date'), days],
      [shape('text'), words],
      [shape('json'), lists],
    ])[0]?.kind;
  expect([kindOf(1, 0), kindOf(3, 2), kindOf(2, 2), kindOf(0, 1), kindOf(9, 0, 1)]).toEqual([
    'date',
    'date',
    'text',
    'text',
    'json',
  ]);
});
