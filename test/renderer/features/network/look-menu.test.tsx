import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { LookMenu } from '#renderer/features/network/controls/LookMenu.tsx';
import { networkOf } from '#shared/address/network.ts';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';
import { modelOf, node } from './support.ts';

it('offers the fields that some kind has of which records are shown', async () => {
  await serveCore();
  const model = modelOf([node('t'), node('s', { type: 'student' })], []);
  const { hands } = draw(<LookMenu view={networkOf()} model={model} onChange={() => undefined} />);
  await hands.click(screen.getByRole('button', { name: /Colour/ }));
  const offered = within(screen.getByRole('combobox', { name: 'Colour by' }))
    .getAllByRole('option')
    .map(({ textContent }) => textContent);
  expect(offered).toEqual(expect.arrayContaining(['Lifecycle', 'Discipline', 'Terms left']));
  expect(offered).not.toEqual(expect.arrayContaining(['Role']));
  expect(offered).not.toEqual(expect.arrayContaining(['Kind of project']));
  const sizes = within(screen.getByRole('combobox', { name: 'Size by' })).getAllByRole('option');
  expect(sizes.map(({ textContent }) => textContent)).not.toContain('Duration');
});
