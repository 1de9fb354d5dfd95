import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { notesLines, differingLines } from '#renderer/text/notes-lines.ts';

describe('notes in lines', () => {
  it('have a line each, nested ones indented, without braces or quotes', () => {
    const notes = {
      room: 'A431',
      floor: 4,
      open: true,
      left: null,
      tags: ['a', 'b'],
      none: [],
      empty: {},
      contact: { mail: 'a@b.c', hours: { mon: '9–12' } },
      visits: [{ day: 'Mon', by: 'Ada' }, 'later'],
    };
    expect(notesLines(notes)).toEqual([
      'room: A431',
      'floor: 4',
      'open: Yes',
      'left: –',
      'tags: a, b',
      'none: –',
      'empty: –',
      'contact:',
      '  mail: a@b.c',
      '  hours:',
      '    mon: 9–12',
      'visits:',
      '  – day: Mon',
      '    by: Ada',
      '  – later',
    ]);
    expect(notesLines(notes).join('')).not.toMatch(/[{}[\]"]/);
  });

  it('are described by their differences', () => {
    expect(differingLines({ room: 'A', floor: 4 }, { room: 'B', floor: 4 })).toEqual(['room: A']);
    expect(differingLines({ floor: 4 }, { room: 'B', floor: 4 })).toEqual([]);
  });
});
