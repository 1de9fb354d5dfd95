import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fitBox } from '#renderer/features/network/stage/Camera.ts';

it('the camera shows all content undistorted, beside the legend if there is room', () => {
  const side = fc.integer({ min: 300, max: 3000 });
  const length = fc.integer({ min: 500, max: 20_000 });
  fc.assert(
    fc.property(side, side, length, length, fc.constantFrom(0, 224), (width, height, wide, high, inset) => {
      const { x, y } = fitBox({ x: [0, wide], y: [0, high] }, { width, height }, inset);
      const [across, up] = [width / (x[1] - x[0]), height / (y[1] - y[0])];
      expect(across / up).toBeCloseTo(1, 6);
      const left = (0 - x[0]) * across;
      expect(left).toBeGreaterThanOrEqual(width - inset < width * 0.6 ? 60 : Math.max(60, inset));
      expect((x[1] - wide) * across).toBeGreaterThan(60);
      expect(y[0]).toBeLessThanOrEqual(0);
      expect(y[1]).toBeGreaterThanOrEqual(high);
    }),
  );
});
