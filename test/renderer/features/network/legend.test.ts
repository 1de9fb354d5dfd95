import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { legendParts } from '#renderer/features/network/controls/legend-parts.ts';
import { lookOf } from '#renderer/features/network/look/appearance.ts';
import { shapeOf } from '#renderer/features/network/look/shapes.ts';
import type { Model } from '#renderer/features/network/model/model.ts';
import { anyModel, modelOf, node } from './support.ts';

const partsOf = (model: Model, colour: string) =>
  legendParts(
    model,
    lookOf(model, { colour, size: '' }, () => '#123456'),
    colour,
  );

describe('the legend', () => {
  it('counts every node once by colour or type, and every line once', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const parts = partsOf(model, 'stage');
        const sum = (id: string): number =>
          (parts.find((part) => part.id === id)?.entries ?? []).reduce((all, { count }) => all + count, 0);
        expect(sum('losses')).toBe(model.edges.size);
        const teams = [...model.nodes.values()].filter(({ type }) => type === 'team' || type === 'student');
        expect(sum('kinds')).toBe(model.nodes.size - teams.length);
        expect(sum('colour')).toBe(teams.length);
        expect(parts.every(({ entries }) => entries.length > 0)).toBe(true);
      }),
    );
  });

  it('explains the shapes of teams and students, whatever the colour', () => {
    fc.assert(
      fc.property(anyModel, fc.constantFrom('university', 'type', 'discipline', 'links'), (model, colour) => {
        const nodes = [...model.nodes.values()];
        const staged = nodes.filter(({ type }) => type === 'team' || type === 'student');
        const forms = partsOf(model, colour).find(({ id }) => id === 'forms')?.entries ?? [];
        expect(forms.reduce((all, { count }) => all + count, 0)).toBe(staged.length);
        const shown = forms.map(({ sign }) => ('shape' in sign ? sign.shape : null));
        expect(new Set(shown)).toEqual(new Set(staged.map(shapeOf)));
      }),
    );
    const teams = ['outgoing', 'incoming', 'incoming', null].map((lifecycle, at) =>
      node(`t${at}`, { values: { lifecycle, discipline: 'software' } }),
    );
    const parts = partsOf(modelOf(teams, []), 'discipline').map(({ id, heading, entries }) => [
      id,
      heading,
      entries.map(({ sign, text, count }) => [text, 'shape' in sign && sign.shape, count]),
    ]);
    expect(parts).toEqual([
      ['colour', 'Colour: discipline', [['software', 'circle', 4]]],
      [
        'forms',
        'Shape: lifecycle',
        [
          ['incoming', 'up', 2],
          ['outgoing', 'down', 1],
          ['no lifecycle', 'ring', 1],
        ],
      ],
    ]);
    const kinds = partsOf(modelOf(teams, []), 'type').find(({ id }) => id === 'colour');
    expect(kinds?.entries.map(({ sign }) => 'shape' in sign && sign.shape)).toEqual(['circle']);
  });
});
