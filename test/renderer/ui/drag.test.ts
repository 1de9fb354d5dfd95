import { describe, expect, it } from 'vitest';
import { followPointer } from '#renderer/ui/drag.ts';

/** An edge that was pressed, what it was told of, and a way to tell it more. */
function pressed() {
  const edge = document.createElement('div');
  const captured: number[] = [];
  edge.setPointerCapture = (id) => void captured.push(id);
  const heard: number[] = [];
  followPointer({ currentTarget: edge, pointerId: 7 } as never, ({ clientX }) => heard.push(clientX));
  const tell = (kind: string, clientX = 0): void =>
    void edge.dispatchEvent(new MouseEvent(kind, { clientX }));
  return { captured, heard, tell };
}

describe('an edge that is dragged', () => {
  it('follows the pointer that pressed it', () => {
    const { captured, heard, tell } = pressed();
    tell('pointermove', 3);
    tell('pointermove', 5);
    expect(captured).toEqual([7]);
    expect(heard).toEqual([3, 5]);
  });

  it.each(['pointerup', 'pointercancel'])('follows no more after %s', (end) => {
    const { heard, tell } = pressed();
    tell('pointermove', 3);
    tell(end);
    tell('pointermove', 9);
    expect(heard).toEqual([3]);
  });
});
