import type { NodeType } from '#shared/contract/network.ts';
import type { Point } from '../../../network/model/model.ts';
import { kindPath } from './kinds.ts';
import { signs } from './model.ts';
import type { Mark } from './model.ts';

interface Props extends Point {
  mark: Mark;
  /** The kind of record; or a link, round, or a membership, a small square. */
  of: NodeType | 'link' | 'membership';
  size?: number;
}

/** The form of what differs with the sign of what became of it: broken is what is gone, dotted what only live changed. */
export function MarkForm({ mark, of, x, y, size = 10 }: Props) {
  return (
    <>
      {of === 'link' ? (
        <circle className="diff-form" cx={x} cy={y} r={size} />
      ) : of === 'membership' ? (
        <rect
          className="diff-form"
          x={x - size}
          y={y - size}
          width={size * 2}
          height={size * 2}
          rx={size / 2.5}
        />
      ) : (
        <path className="diff-form" d={kindPath(of, { x, y }, size)} />
      )}
      <text
        className="diff-sign"
        x={x}
        y={y}
        style={{ fontSize: size * (of === 'membership' ? 1.75 : 1.35) }}
      >
        {signs[mark]}
      </text>
    </>
  );
}
