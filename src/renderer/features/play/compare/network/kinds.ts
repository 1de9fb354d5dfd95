import type { NodeType } from '#shared/contract/network.ts';
import { outline } from '../../../network/look/outline.ts';
import type { Shape } from '../../../network/look/shapes.ts';
import { byType } from '../../../network/look/shapes.ts';
import type { Point } from '../../../network/model/model.ts';

const round = (value: number): string => String(Math.round(value * 100) / 100);

/** A person: a head over shoulders, which are about as large as a circle of that radius. */
function person({ x, y }: Point, radius: number): string {
  const [r, head, neck] = [radius * 0.95, radius * 0.5, y - radius * 1.42];
  const shoulders = `M${round(x - r)} ${round(y + r)}v${round(-r)}a${round(r)} ${round(r)} 0 0 1 ${round(2 * r)} 0v${round(r)}z`;
  return `${shoulders}${outline('circle', x, neck, head)}`;
}

/**
 * The outline of a record as the path of an SVG: the form of its kind as in the network, round for a team, and a person for a student, which
 * the network tells from a team by its colours alone.
 */
export function kindPath(type: NodeType, at: Point, radius: number): string {
  if (type === 'student') return person(at, radius);
  const form: Shape = byType[type] === 'ring' ? 'circle' : byType[type];
  return outline(form, at.x, at.y, form === 'circle' ? radius : radius * 1.05);
}
