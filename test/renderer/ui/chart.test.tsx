import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Chart } from '#renderer/ui/chart/Chart.tsx';
import { draw } from '../support/draw.tsx';

it('a chart opens its table with bands and unknown values', async () => {
  const { hands } = draw(
    <Chart
      title="Reach"
      axis={{ key: 'term', label: 'Term' }}
      rows={[
        { term: 'now', reach: 92, low: 90, high: 94 },
        { term: 'Spring', reach: null, low: null, high: null },
      ]}
      series={[{ key: 'reach', label: 'Scenario', color: 'var(--cat-1)', band: ['low', 'high'] }]}
      format={(value) => `${value} %`}
    />,
  );
  expect(screen.getByRole('figure', { name: 'Reach' })).toBeDefined();
  await hands.click(screen.getByRole('button', { name: 'Show as table' }));
  const [, now, spring] = screen.getAllByRole('row');
  expect(now?.textContent).toBe('now92 % (90 % to 94 %)');
  expect(spring?.textContent).toContain('–');
});
