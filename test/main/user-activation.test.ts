import { expect, test } from 'vitest';
import { UserActivation } from '#main/user-activation.ts';

test('each action of the user opens one address, soon after it', () => {
  let now = 0;
  const activation = new UserActivation(() => now);
  expect(activation.consume()).toBe(false);
  for (const passive of ['mouseMove', 'mouseWheel', 'mouseEnter', 'gestureScrollBegin'])
    activation.record(passive);
  expect(activation.consume()).toBe(false);
  activation.record('mouseDown');
  activation.record('mouseUp');
  now = 30_000;
  expect([activation.consume(), activation.consume()]).toEqual([true, false]);
  activation.record('keyDown');
  now = 60_001;
  expect(activation.consume()).toBe(false);
});

test.each([
  [['mouseDown', 'mouseUp']],
  [['touchStart', 'touchEnd', 'gestureTap']],
  [['rawKeyDown', 'char', 'keyUp']],
  [['keyDown', 'char', 'keyUp']],
  [['rawKeyDown', 'keyDown', 'char', 'keyUp']],
])('%j opens one address, whenever the page asks', (inputs) => {
  const activation = new UserActivation(() => 0);
  const opened = inputs.filter((input) => {
    activation.record(input);
    return activation.consume();
  });
  expect(opened).toHaveLength(1);
});
