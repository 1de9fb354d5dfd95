import { render, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { useTarget } from '#renderer/features/tour/useTarget.ts';

/** Says at which x the tour points for a selector, in a window of two panes with a list each. */
function Window({ front, selector }: { front: 'one' | 'two'; selector: string }) {
  const box = useTarget(selector);
  return (
    <>
      <nav />
      {(['one', 'two'] as const).map((pane) => (
        <div key={pane} data-front={pane === front || undefined}>
          <ul id={pane} />
        </div>
      ))}
      <output>{box?.left ?? 'nothing'}</output>
    </>
  );
}

const at: Readonly<Record<string, number>> = { one: 10, two: 20, '': 5 };
const pointedAt = (): string | null => screen.getByRole('status').textContent;

beforeEach(() => {
  vi.spyOn(Element.prototype, 'getClientRects').mockReturnValue([new DOMRect()] as unknown as DOMRectList);
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function of(this: Element) {
    return new DOMRect(at[this.id], 0, 1, 1);
  });
});

it('points at what stands in the pane in front, and follows it to the other', async () => {
  const { rerender } = render(<Window front="two" selector="ul" />);
  await waitFor(() => expect(pointedAt()).toBe('20'));
  rerender(<Window front="one" selector="ul" />);
  await waitFor(() => expect(pointedAt()).toBe('10'));
});

it('points at what stands in no pane, and at nothing while it is not there', async () => {
  const { rerender } = render(<Window front="two" selector="nav" />);
  await waitFor(() => expect(pointedAt()).toBe('5'));
  rerender(<Window front="two" selector="table" />);
  await waitFor(() => expect(pointedAt()).toBe('nothing'));
});
