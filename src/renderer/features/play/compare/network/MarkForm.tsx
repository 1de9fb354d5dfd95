import type { Point } from '../../../network/model/model.ts';
import { signs } from './model.ts';
import type { Mark } from './model.ts';

/** The form of a mark with its sign: round what Play did, six-sided what is in conflict, on its tip what only live changed; broken what is gone. */
export function MarkForm({ mark, x, y, size = 10 }: Point & { mark: Mark; size?: number }) {
  const tips = mark === 'conflict' ? [0, 60, 120, 180, 240, 300] : mark === 'live' ? [0, 90, 180, 270] : null;
  const at = (degrees: number): string => {
    const angle = (degrees * Math.PI) / 180;
    return `${x + size * 1.25 * Math.cos(angle)},${y + size * 1.25 * Math.sin(angle)}`;
  };
  return (
    <>
      {tips ? (
        <polygon className="diff-form" points={tips.map((one) => at(one)).join(' ')} />
      ) : (
        <circle className="diff-form" cx={x} cy={y} r={size} />
      )}
      <text className="diff-sign" x={x} y={y} style={{ fontSize: size * 1.35 }}>
        {signs[mark]}
      </text>
    </>
  );
}
