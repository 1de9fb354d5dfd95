import type { NodeType } from '#shared/contract/network.ts';
import { stageOf } from '../../../ui/Lifecycle.tsx';
import type { NetNode } from '../model/model.ts';
import { stageValue } from './fields.ts';

/** The forms of nodes. What has a stage shows it by ▲ ● ▼ wherever stages are shown; everything else shows what it is. */
export const shapes = ['circle', 'up', 'down', 'square', 'diamond', 'hexagon', 'ring'] as const;
export type Shape = (typeof shapes)[number];

const byStage = { incoming: 'up', established: 'circle', outgoing: 'down' } as const;

/** The form of a type; teams and students show their stage when they have one. */
export const byType: Readonly<Record<NodeType, Shape>> = {
  university: 'square',
  project: 'diamond',
  faculty: 'hexagon',
  team: 'ring',
  student: 'ring',
};

export function stageShape(stage: string): Shape | undefined {
  const known = stageOf(stage);
  return known && byStage[known];
}

export function shapeOf(node: NetNode): Shape {
  const stage = stageValue(node);
  return (stage === null ? undefined : stageShape(stage)) ?? byType[node.type];
}
