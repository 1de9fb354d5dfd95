import { describe, expect, it } from 'vitest';
import { itemsOf, letGo, turnItems } from '#main/workspace-items.ts';

const live = (id: string) => ({ tabs: id, lists: id });
const sandbox = (id: string, lists: string) => ({ tabs: id, lists });

describe('what is open in a workspace', () => {
  it('is laid by when another is opened, and is there again when one comes back', () => {
    const first = { tabs: 'of a', 'panel.width': 400 };
    const second = turnItems(first, live('a'), live('b'));
    expect(second).toEqual({ 'tabs@a': 'of a', 'panel.width': 400 });
    const back = turnItems({ ...second, tabs: 'of b' }, live('b'), live('a'));
    expect(back).toEqual({ ...first, 'tabs@b': 'of b' });
  });

  it('as are the columns of its lists: what one workspace shows, another need not have', () => {
    const first = { 'columns:team': { columns: ['name', 'own:Stage'] }, tabs: 'of a', theme: 1 };
    const second = turnItems(first, live('a'), live('b'));
    expect(second).toEqual({
      'columns:team@a': { columns: ['name', 'own:Stage'] },
      'tabs@a': 'of a',
      theme: 1,
    });
    const there = { ...second, 'columns:student': { columns: ['name'] } };
    const back = turnItems(there, live('b'), live('a'));
    expect(back).toEqual({ ...first, 'columns:student@b': { columns: ['name'] } });
    expect(turnItems(back, live('a'), live('b'))).toEqual(there);
  });

  it('has its lists laid out in its sandboxes as in live, each with tabs of its own', () => {
    const first = { 'columns:team': { brought: ['own:Stage'] }, tabs: 'of a' };
    const play = turnItems(first, live('a'), sandbox('s', 'a'));
    expect(play).toEqual({ 'columns:team': { brought: ['own:Stage'] }, 'tabs@a': 'of a' });
    const arranged = { ...play, tabs: 'of s', 'columns:student': { widths: { name: 200 } } };
    expect(turnItems(arranged, sandbox('s', 'a'), live('a'))).toEqual({
      ...first,
      'tabs@s': 'of s',
      'columns:student': { widths: { name: 200 } },
    });
    const elsewhere = turnItems(arranged, sandbox('s', 'a'), live('b'));
    expect(elsewhere).toEqual({
      'columns:team@a': { brought: ['own:Stage'] },
      'columns:student@a': { widths: { name: 200 } },
      'tabs@a': 'of a',
      'tabs@s': 'of s',
    });
    expect(turnItems(elsewhere, live('b'), sandbox('s', 'a'))).toEqual(arranged);
  });

  it('as are what was typed and not saved, whatever the id of its record is', () => {
    const first = {
      'draft:team_1': { size: '3' },
      'draft:link/a%401': { loss: '4' },
      typing: { record: 'b' },
    };
    const second = turnItems(first, live('a'), live('b'));
    expect(second).toEqual({
      'draft:team_1@a': { size: '3' },
      'draft:link/a%401@a': { loss: '4' },
      'typing@a': { record: 'b' },
    });
    expect(turnItems(second, live('b'), live('a'))).toEqual(first);
  });

  it('as is what was begun in the wizard of live, which its sandboxes have their own of', () => {
    const first = { wizard: { name: 'Half' }, 'wizard:sbx_1': { name: 'Quarter' } };
    expect(turnItems(first, live('a'), sandbox('sbx_1', 'a'))).toEqual(first);
    const second = turnItems(first, live('a'), live('b'));
    expect(second).toEqual({ 'wizard@a': { name: 'Half' }, 'wizard:sbx_1': { name: 'Quarter' } });
    expect(turnItems(second, live('b'), live('a'))).toEqual(first);
  });

  it('stays where it is the same workspace, or nobody knows which it was of', () => {
    const items = { tabs: 'open', 'columns:team': { columns: ['name'] } };
    expect(turnItems(items, live('a'), live('a'))).toEqual(items);
    expect(turnItems(items, null, live('a'))).toBe(items);
  });
});

describe('what is laid by', () => {
  it('goes with the workspaces that nobody knows any more, and nothing else does', () => {
    const items = {
      tabs: 'open',
      'tabs@a': 'of a',
      'columns:risk-factor@a': {},
      'tabs@b': 'of b',
      'columns:team@b': {},
      'draft:team_1': { name: 'a@b' },
      'my-views:w@a': [],
    };
    const { 'tabs@a': _tabs, 'columns:risk-factor@a': _columns, ...left } = items;
    expect(letGo(items, new Set(['b']))).toEqual(left);
    expect(letGo(items, new Set(['a', 'b']))).toEqual(items);
  });

  it('lets what a sandbox had by itself go with the sandbox', () => {
    const sandbox = 'sbx_0192f000-0000-7000-8000-000000000001';
    const items = { [`wizard:${sandbox}`]: { name: 'Half' }, wizard: {}, 'my-views:w:p': [] };
    expect(letGo(items, new Set([sandbox]))).toEqual(items);
    expect(letGo(items, new Set())).toEqual({ wizard: {}, 'my-views:w:p': [] });
  });

  it('keeps what somebody typed, in whatever workspace', () => {
    const items = {
      'draft:team_1@a': { size: '3' },
      'draft:new/team@a': { name: 'Half' },
      'wizard@a': { name: 'Half' },
    };
    expect(letGo(items, new Set())).toEqual(items);
  });

  it('takes what a page of that workspace still says', () => {
    const said = { tabs: 'late', 'columns:team': null, 'panel.width': 4 };
    expect(itemsOf(said, live('a'), live('a'))).toEqual(said);
    expect(itemsOf(said, live('a'), live('b'))).toEqual({
      'tabs@a': 'late',
      'columns:team@a': null,
      'panel.width': 4,
    });
    expect(itemsOf(said, sandbox('s', 'a'), live('a'))).toEqual({
      'tabs@s': 'late',
      'columns:team': null,
      'panel.width': 4,
    });
  });
});
