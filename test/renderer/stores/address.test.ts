import { beforeEach, describe, expect, it } from 'vitest';
import {
  adjustList,
  back,
  beginAt,
  forward,
  go,
  here,
  showPanel,
  useTrail,
  visit,
} from '#renderer/stores/address.ts';
import { draftAt, draftOf, dropDraft, keepDraft } from '#renderer/stores/drafts.ts';
import { keep, useSeat } from '#renderer/stores/seat.ts';
import { listOf, recordIn } from '#shared/address/view.ts';

beforeEach(() => {
  useTrail.setState({ places: [{ target: 'live', view: { kind: 'home' } }], at: 0 });
  useSeat.setState({ items: {} });
});

describe('going from place to place', () => {
  it('comes back the way one went', () => {
    go(listOf('team'));
    go(listOf('student'));
    back();
    expect(here().view).toEqual(listOf('team'));
    back();
    back();
    expect(here().view).toEqual({ kind: 'home' });
    forward();
    expect(here().view).toEqual(listOf('team'));
    go(listOf('faculty'));
    forward();
    expect(here().view).toEqual(listOf('faculty'));
  });

  it('adjusting a list is no new place, and does nothing elsewhere', () => {
    adjustList({ search: 'x' });
    expect(here().view).toEqual({ kind: 'home' });
    go(listOf('team'));
    adjustList({ search: 'thermal' });
    showPanel({ kind: 'record', id: 't1', tab: 'links' });
    expect(here().view).toEqual({ ...recordIn('team', 't1', 'links'), search: 'thermal' });
    back();
    expect(here().view).toEqual({ kind: 'home' });
  });

  it('a list that is visited again is as it was left, and plain from itself', () => {
    visit(listOf('team'));
    adjustList({ search: 'thermal', sort: [{ field: 'size', direction: 'desc' }] });
    showPanel({ kind: 'record', id: 't1', tab: 'details' });
    const left = here().view;
    visit({ kind: 'home' });
    visit(listOf('student'));
    showPanel({ kind: 'new' });
    visit(listOf('team'));
    expect(here().view).toEqual(left);
    visit(listOf('student'));
    expect(here().view).toEqual(listOf('student'));
    visit(listOf('team'));
    visit(listOf('team'));
    expect(here().view).toEqual(listOf('team'));
  });

  it('what shows deleted records is not come back to', () => {
    visit(listOf('team'));
    adjustList({ deleted: 'only' });
    visit({ kind: 'home' });
    visit(listOf('team'));
    expect(here().view).toEqual(listOf('team'));
  });

  it('going where one is changes nothing, and the trail does not grow for ever', () => {
    go(listOf('team'));
    go(listOf('team'));
    expect(useTrail.getState().places.length).toBe(2);
    for (let step = 0; step < 300; step += 1) go(listOf(step % 2 === 0 ? 'student' : 'team'));
    expect(useTrail.getState().places.length).toBeLessThanOrEqual(100);
    expect(here().view).toEqual(listOf('team'));
  });

  it('begins at a remembered address, and at home when it is none', () => {
    beginAt('frames://live/students?q=ada');
    expect(here().view).toEqual({ ...listOf('student'), search: 'ada' });
    beginAt('frames://sandbox-1/teams');
    beginAt(42);
    expect(here().view).toMatchObject({ search: 'ada' });
  });
});

describe('drafts', () => {
  it('are kept field by field and forgotten one by one', () => {
    const key = draftOf.record('t1');
    keepDraft(key, 'size', '0');
    keepDraft(key, 'name', 'Thermal');
    dropDraft(key, 'size');
    expect(draftAt(key)).toEqual({ name: 'Thermal' });
    dropDraft(key, 'name');
    expect(useSeat.getState().items).toEqual({});
  });

  it('other things of the seat stay', () => {
    keep('panel.width', 400);
    keepDraft(draftOf.new('team'), 'name', 'x');
    dropDraft(draftOf.new('team'));
    expect(useSeat.getState().items).toEqual({ 'panel.width': 400 });
  });
});
