import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import WizardView from '#renderer/features/wizard/WizardView.tsx';
import { serveCore } from '../../support/core.ts';
import { draw } from '../../support/draw.tsx';

it('leads from a problem in the review to its field', async () => {
  await serveCore();
  const { hands } = draw(<WizardView />);
  await hands.type(await screen.findByRole('textbox', { name: 'Name' }), 'Redwood');
  await hands.click(screen.getByRole('button', { name: /^(?:2 ?)?Teams$/ }));
  await hands.type(screen.getByRole('textbox', { name: 'Team 1: Name' }), 'Radio');
  await hands.type(screen.getByRole('textbox', { name: 'Team 2: Size' }), '0');
  await hands.click(screen.getByRole('button', { name: /^(?:5 ?)?Review$/ }));
  await screen.findByText('Size in line 2 of Teams: enter a whole number, 1 or more.');
  const [, ofSize] = screen.getAllByRole('button', { name: 'Fix' });
  await hands.click(ofSize as HTMLElement);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Team 2: Size');
});
