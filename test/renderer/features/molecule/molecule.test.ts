import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { NodeType } from '#shared/contract/network.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import {
  toSavedPosition,
  placeMolecule,
  nearestRing,
  clampToRing,
} from '#renderer/features/molecule/geometry.ts';
import { captionElements } from '#renderer/features/molecule/Toolbar.tsx';
import { buildMolecule } from '#renderer/features/molecule/members.ts';
import { updateInput, proposalsOf } from '#renderer/features/molecule/proposals.ts';
import type { NetEdge, NetNode } from '#renderer/features/network/model/model.ts';
import '#renderer/i18n/setup.ts';
import { edge, modelOf, node as nodeOf } from '../network/support.ts';

const node = (type: NodeType, id: string, parts: Partial<NetNode> = {}): NetNode =>
  nodeOf(id, { type, university: 'u', ...parts });
const team = (id: string, lifecycle: string, parts: Partial<NetNode> = {}): NetNode =>
  node('team', id, { values: { lifecycle, discipline: 'software' }, ...parts });
const link = (from: string, to: string): NetEdge =>
  edge(`${from}-${to}`, from, to, { bond: 'codified-moderate', loss: 15 });
const names = (from: string, field: string, to: string): NetEdge =>
  edge(`${from}.${field}`, from, to, { kind: 'reference' });

const model = modelOf(
  [
    node('university', 'u'),
    node('project', 'p', { university: null }),
    node('project', 'q'),
    team('owned', 'incoming'),
    team('linked', 'outgoing', { university: 'v' }),
    team('free', 'established'),
    node('faculty', 'mentor'),
    node('faculty', 'other', { university: 'v' }),
    node('student', 's'),
  ],
  [
    names('owned', 'project_id', 'p'),
    link('linked', 'p'),
    link('mentor', 'owned'),
    names('s', 'team_id', 'owned'),
  ],
);
const around = (project: string, university: string) =>
  buildMolecule(model, { project, university }).nuclei.map((nucleus) => [
    nucleus.node.id,
    ...[...nucleus.teams, ...nucleus.faculty].map(({ id }) => id),
  ]);

describe('members of a molecule', () => {
  it('around a project: its teams, those linked with it, and the faculty of these', () => {
    expect(around('p', '')).toEqual([['p', 'linked', 'owned', 'mentor']]);
    expect(around('p', 'u')).toEqual([['p', 'owned', 'mentor']]);
    const { studentsByTeam, bonds } = buildMolecule(model, { project: 'p', university: '' });
    expect([...studentsByTeam].map(([of, all]) => [of, all.map(({ id }) => id)])).toEqual([['owned', ['s']]]);
    expect(bonds.map(({ id }) => id)).toEqual(['linked-p', 'mentor-owned']);
  });

  it('of a university: its projects and those its teams work for, and itself for those without a project', () => {
    expect(around('', 'u')).toEqual([['p', 'owned', 'mentor'], ['q'], ['u', 'free']]);
  });
});

const offset = fc.record({ x: fc.integer({ min: -900, max: 900 }), y: fc.integer({ min: -900, max: 900 }) });

describe('positions', () => {
  test.prop([offset, fc.constantFrom(...vocabulary.lifecycle)])(
    'a team stands in the ring of its lifecycle wherever it was put',
    (at, stage) => {
      const { x, y } = clampToRing(at, stage);
      expect(nearestRing(Math.hypot(x, y))).toBe(stage);
    },
  );

  test.prop([offset, offset])(
    'what is saved is where it is drawn, around a nucleus that was moved too',
    (at, moved) => {
      const nodes = [...model.nodes.values()].map((one) =>
        one.id === 'owned' ? { ...one, saved: at } : one.id === 'p' ? { ...one, saved: moved } : one,
      );
      const molecule = buildMolecule(modelOf(nodes, [...model.edges.values()]), {
        project: '',
        university: 'u',
      });
      const placed = placeMolecule(molecule, { freeTeams: new Set(['owned']), dragged: null });
      expect(placed.points.get('p')).toEqual(moved);
      const back = toSavedPosition(placed.points.get('owned') ?? { x: 0, y: 0 }, 'owned', placed);
      expect(back.x).toBeCloseTo(at.x);
      expect(back.y).toBeCloseTo(at.y);
    },
  );
});

describe('proposals of a move', () => {
  const molecule = buildMolecule(model, { project: 'p', university: '' });
  const placed = placeMolecule(molecule, { freeTeams: new Set(), dragged: null });
  const move = (id: string, factor: number) => {
    const [from, centre] = [placed.points.get(id), placed.points.get('p')];
    const moved = model.nodes.get(id);
    if (!from || !centre || !moved) throw new Error(`there is no ${id}`);
    const to = { x: centre.x + (from.x - centre.x) * factor, y: centre.y + (from.y - centre.y) * factor };
    return proposalsOf({ node: moved, from, to }, placed, [...model.edges.values()], model.nodes).map(
      updateInput,
    );
  };

  it('the lifecycle of the ring, and a stronger or weaker bond if a link changed its class of length', () => {
    expect(move('linked', 0.55)).toEqual([
      { type: 'team', id: 'linked', data: { lifecycle: 'incoming' } },
      { type: 'interface', id: 'linked-p', data: { bond_type: 'codified-strong' } },
    ]);
    expect(move('linked', 1.3)).toEqual([
      { type: 'interface', id: 'linked-p', data: { bond_type: 'institutional-weak' } },
    ]);
  });

  it('nothing within the ring and the class', () => {
    expect(move('linked', 1.05)).toEqual([]);
  });
});

it('a saved picture has the legend of the window, with its signs', () => {
  const [, ...legend] = captionElements('Pathfinder', (token) => token);
  const texts = legend.flatMap((element) => element.textContent || []);
  expect(texts.slice(0, 3)).toEqual(['project', 'faculty', 'up to 5 %']);
  const marks = legend.filter(({ tagName }) => tagName === 'path');
  expect(marks.slice(0, 2).map((mark) => mark.getAttribute('fill'))).toEqual(['accent', 'node-plain']);
  expect(marks).toHaveLength(texts.length);
});
