import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Carried } from '#shared/contract/compare.ts';
import { CarriedLines } from '#renderer/features/play/compare/CarriedLines.tsx';
import { include, noChoices } from '#renderer/features/play/compare/choices.ts';
import { draw } from '../support/draw.tsx';

const head = { id: 1, hash: '' };
const along = (type: 'interface' | 'student', id: string, title: string, university: string | null = null) =>
  ({ type, id, title, university, action: 'along' }) as const;
const carried: Carried = {
  op_id: null,
  dry: true,
  created: {},
  restored: {},
  updated: {},
  removed: { teams: 1 },
  count: 13,
  along: { links: 11, references: 1 },
  left: 0,
  followed: { stays: 0, back: 0, records: [], decided: [] },
  left_partly: 0,
  unnamed: [],
  records: [
    { type: 'team', id: 't1', title: 'Radio', university: 'Summit', action: 'removed' },
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
    <CarriedLines
      direction="promote"
      carried={carried}
      choices={include(noChoices, [{ type: 'interface', id: 'l2' }], false)}
    />,
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
  const { unmount } = draw(<CarriedLines direction="promote" carried={none} choices={noChoices} />);
  expect(screen.getByText(nothing)).toBeTruthy();
  unmount();
  draw(<CarriedLines direction="promote" carried={{ ...none, undecided: [open] }} choices={noChoices} />);
  expect(screen.queryByText(nothing)).toBeNull();
});

it('says of a conflict that keeps what is there whether the record stays as it is, or is changed all the same', () => {
  const both = { ...carried, updated: { teams: 2 }, left: 3, left_partly: 2 };
  const { unmount } = draw(<CarriedLines direction="promote" carried={both} choices={noChoices} />);
  screen.getByText('2 records are changed, but keep what live has where both changed the same.');
  screen.getByText('1 record stays as it is in spite of a conflict.');
  unmount();
  draw(<CarriedLines direction="refresh" carried={{ ...both, left: 2 }} choices={noChoices} />);
  screen.getByText('2 records are changed, but keep what Play has where both changed the same.');
  expect(screen.queryByText(/as (it is|they are) in spite of/)).toBeNull();
});

it('names what stays or comes back with what one side deleted', () => {
  const of = { type: 'team', id: 't1', title: 'Radio', university: null } as const;
  const followed = {
    stays: 1,
    back: 2,
    decided: [],
    records: [
      { type: 'student', id: 's1', title: 'Ada', university: null, action: 'stays', of } as const,
      { type: 'interface', id: 'l1', title: 'Optics → Radio', university: null, action: 'back', of } as const,
      { type: 'interface', id: 'l2', title: 'Power → Radio', university: null, action: 'back', of } as const,
    ],
  };
  draw(<CarriedLines direction="refresh" carried={{ ...carried, followed }} choices={noChoices} />);
  const stays = '1 record stays as Play has it: in live it went, or lost a reference, with what Play keeps:';
  expect(screen.getByText(stays).closest('li')?.textContent).toBe(`${stays}Ada`);
  const back = '2 more come along: they had gone in Play, or lost a reference, with what comes back:';
  expect(screen.getByText(back).closest('li')?.textContent).toBe(`${back}Optics → RadioPower → Radio`);
});

it('says whose a record is that it names: others are called the same', () => {
  const records = [
    along('student', 's1', 'Ada', 'Summit'),
    along('student', 's2', 'Ada', 'Redwood'),
    along('interface', 'l1', 'Optics → Radio', 'Summit'),
    along('interface', 'l2', 'Power → Radio', 'Summit'),
    along('interface', 'l3', 'Power → Radio', 'Redwood'),
  ];
  const of = { type: 'team', id: 't1', title: 'Radio', university: 'Summit' } as const;
  const stays = {
    type: 'student',
    id: 's3',
    title: 'Eve',
    university: 'Summit',
    action: 'stays',
    of,
  } as const;
  const followed = { stays: 1, back: 0, decided: [], records: [stays] };
  const choices = {
    ...noChoices,
    along: new Map([['t2', { type: 'team', id: 't2', title: 'Optics', university: 'Redwood' } as const]]),
    left: new Map([
      ['t3', { type: 'team', id: 't3', spared: { by: [], title: 'Power', university: 'Summit' } } as const],
    ]),
  };
  draw(<CarriedLines direction="promote" carried={{ ...carried, records, followed }} choices={choices} />);
  for (const said of [
    'Ada (Summit) no longer refers to it.',
    'Ada (Redwood) no longer refers to it.',
    'Optics → Radio goes along.',
    'Power → Radio (Summit) goes along.',
    'Eve (Summit)',
    'Optics (Redwood)',
    'Power (Summit)',
  ])
    expect(screen.getByText(said)).toBeTruthy();
});
