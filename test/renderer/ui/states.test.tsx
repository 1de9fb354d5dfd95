import { ORPCError } from '@orpc/client';
import { screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { Boundary } from '#renderer/app/Boundary.tsx';
import { ErrorState } from '#renderer/ui/ErrorState.tsx';
import { Loss } from '#renderer/ui/Loss.tsx';
import { draw } from '../support/draw.tsx';

describe('an error in place of missing content', () => {
  it('says what happened, what is safe and what to do, with the trace behind "Details"', async () => {
    let tries = 0;
    const error = new ORPCError('INTERNAL', { data: { trace_id: 'trace-17' }, defined: true });
    const { hands } = draw(<ErrorState error={error} onRetry={() => (tries += 1)} />);
    expect(screen.getByRole('alert').textContent).toContain('Something went wrong in FRAMES');
    expect(screen.getByText('trace-17')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Try again' }));
    expect(tries).toBe(1);
  });
});

describe('a part that breaks', () => {
  it('leaves the rest, and is shown again on request', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let broken = true;
    const Part = () => {
      if (broken) throw new Error('out of paper');
      return <p>all is well</p>;
    };
    const { hands } = draw(
      <>
        <p>the rest</p>
        <Boundary>
          <Part />
        </Boundary>
      </>,
    );
    expect(screen.getByText('the rest')).toBeTruthy();
    expect(screen.getByText(/out of paper/)).toBeTruthy();
    broken = false;
    await hands.click(screen.getByRole('button', { name: 'Show again' }));
    expect(screen.getByText('all is well')).toBeTruthy();
  });
});

describe('energy lost', () => {
  it.each([
    [5, 'strong', '5 %'],
    [15, 'moderate', '15 %'],
    [35, 'weak', '35 %'],
    [60, 'fragile', '60 %'],
    [null, 'unknown', '–'],
  ])('%s is told by a pattern, a number and a word', (value, band, text) => {
    const { container } = draw(<Loss value={value} />);
    const mark = container.querySelector(`.loss-${band}`);
    expect(mark?.textContent).toBe(text);
    expect(mark?.getAttribute('title')).not.toBe('');
  });
});
