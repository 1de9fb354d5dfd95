import { expect, test } from 'vitest';
import { z } from 'zod';
import { bytes, share, withDisplay } from '#shared/contract/display-rules.ts';
import { resultLines } from '#cli/output/result.ts';

const owner = z.object({ id: z.string(), name: z.string() });
const item = withDisplay(
  z.object({ id: z.string(), owner, size: bytes(), risk: share().nullable(), extra: z.string() }),
  { columns: ['id', ['owner.name', 'Owner'], 'size', 'risk'] },
);
const rows = [
  { id: 'a', owner: { id: 'p', name: 'Ada' }, size: 4600, risk: 0.126, extra: 'x' },
  { id: 'b', owner: { id: 'q', name: 'Bo' }, size: 12, risk: null, extra: 'y' },
];

test('rows print as a table of the declared columns, in their units', () => {
  const lines = [
    'ID  Owner      Size  Risk',
    '──  ─────  ────────  ────',
    'a   Ada      4.6 kB  13 %',
    'b   Bo     12 bytes',
  ];
  expect(resultLines(z.array(item), rows)).toEqual(lines);
  expect(
    resultLines(z.object({ items: z.array(item), total: z.number() }), { items: rows, total: 2 }),
  ).toEqual(['Items:', ...lines, '', 'Total: 2']);
  expect(resultLines(z.array(item), [])).toEqual(['None.']);
});

test('rows of an undeclared schema print every plain field', () => {
  const of = z.array(
    z.object({ kind: z.string(), every: z.number(), more: z.object({ x: z.array(z.string()) }) }),
  );
  expect(resultLines(of, [{ kind: 'index', every: 7, more: { x: [] } }])).toEqual([
    'Type   Every',
    '─────  ─────',
    'index      7',
  ]);
});

test('an object prints a line for each field; small objects in one line, empty fields as none', () => {
  const result = {
    id: 'x',
    made_at: '2026-11-20T08:30:12.000Z',
    by: { id: 'p', name: 'Ada' },
    counts: { teams: 2, projects: 1 },
    band: { low: 0.1, high: 0.25 },
    names: ['a', 'b'],
    nothing: null,
    nested: { deep: { a: 1, b: [] } },
    records: {},
    terms: ['ada'],
  };
  const words = withDisplay(z.array(z.string()), { label: 'Search words' });
  const schema = z.object({ band: z.object({ low: share(), high: share() }), by: owner, terms: words });
  expect(resultLines(schema, result)).toEqual([
    'ID: x',
    'Made at: 2026-11-20 08:30:12',
    'By: Ada (p)',
    'Counts: 2 teams, 1 project',
    'Band: Low 10 %, High 25 %',
    'Names: a, b',
    'Nothing: none',
    'Nested:',
    '  Deep:',
    '    A: 1',
    '    B: none',
    'Records: none',
    'Search words: ada',
  ]);
});

test('labels are the words of the window', () => {
  expect(resultLines(undefined, { self_interface: 1, reach: 2 })).toEqual([
    'Self link: 1',
    'Knowledge flow: 2',
  ]);
});

test('a schema can say how its values print', () => {
  const text = withDisplay(z.object({ text: z.string() }), { text: ({ text: said }) => `“${said}”` });
  expect(resultLines(z.object({ a: text }), { a: { text: 'hi' } })).toEqual(['A: “hi”']);
});

test('a write says how to undo it, or that nothing changed', () => {
  expect(resultLines(undefined, { op_id: 'op_1' })).toEqual(['Undo with "frames undo".']);
  expect(resultLines(undefined, { op_id: 'op_1', dry: true })).toEqual([]);
  expect(resultLines(undefined, { op_id: null })).toEqual(['Nothing to change.']);
});
