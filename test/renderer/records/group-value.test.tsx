import { expect, it } from 'vitest';
import { GroupValue } from '#renderer/features/records/grid/GroupRow.tsx';
import { draw } from '../support/draw.tsx';

const group = { value: null, key: 'null', title: null, count: 2, closed: false, summaries: [] };

it.each([
  ['No value', { key: 'terms_remaining', kind: 'number' as const }],
  ['No Discipline', { key: 'discipline', kind: 'choice' as const }],
])('a group of records without a value reads %s', (text, field) => {
  const { container } = draw(<GroupValue group={group} field={field} />);
  expect(container.textContent).toContain(text);
});
