import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Carried } from '#shared/contract/compare.ts';
import { CarriedLines } from '#renderer/features/play/compare/CarriedLines.tsx';
import { include, noChoices } from '#renderer/features/play/compare/choices.ts';
import { draw } from '../support/draw.tsx';

const head = { id: 1, hash: '' };
const along = (type: 'interface' | 'student', id: string, title: string) =>
  ({ type, id, title, action: 'along' }) as const;
const carried: Carried = {
  op_id: null,
  dry: true,
  created: {},
  restored: {},
  updated: {},
  removed: { teams: 1 },
  along: { links: 11, references: 1 },
  left: 0,
  records: [
    { type: 'team', id: 't1', title: 'Radio', action: 'removed' },
    along('interface', 'l1', 'Optics → Radio'),
    along('interface', 'l2', 'Power → Radio'),
    along('student', 's1', 'Ada'),
    ...Array.from({ length: 9 }, (_, at) => along('interface', `m${at}`, `Link ${at}`)),
  ],
  undecided: [],
  problems: [],
  live: head,
  play: head,
  backup: null,
};

it('names what goes along with a deletion, also where it was left out, and counts the rest', () => {
  draw(
    <CarriedLines carried={carried} choices={include(noChoices, [{ type: 'interface', id: 'l2' }], false)} />,
  );
  expect(screen.getByText('Deletes 1 team')).toBeTruthy();
  expect(screen.getByText('Optics → Radio goes along.')).toBeTruthy();
  const left = 'Power → Radio goes along, although it is left out: an end of it is deleted.';
  expect(screen.getByText(left)).toBeTruthy();
  expect(screen.getByText('Ada no longer refers to it.')).toBeTruthy();
  expect(screen.getByText('… and 4 more')).toBeTruthy();
});

it('says that there is nothing to carry over only where nothing is left to decide', () => {
  const none = { ...carried, removed: {}, along: { links: 0, references: 0 }, records: [] };
  const open = { type: 'team', id: 't1', title: 'Radio', field: 'size', reason: 'field' } as const;
  const nothing = 'There is nothing to carry over.';
  const { unmount } = draw(<CarriedLines carried={none} choices={noChoices} />);
  expect(screen.getByText(nothing)).toBeTruthy();
  unmount();
  draw(<CarriedLines carried={{ ...none, undecided: [open] }} choices={noChoices} />);
  expect(screen.queryByText(nothing)).toBeNull();
});
