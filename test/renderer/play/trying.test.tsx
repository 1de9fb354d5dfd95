import { screen } from '@testing-library/react';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { keepChanges, applyKeptChanges } from '#renderer/features/play/kept-changes.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { hideNotices } from '#renderer/ui/notices.tsx';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() => {
  hideNotices();
  useSeat.setState({ items: {} });
});

it('applies changes prepared for a sandbox once, where that is open', async () => {
  await serveCore();
  draw(<p>Page</p>);
  const { dataset } = document.documentElement;
  onTestFinished(() => void delete dataset['target']);
  keepChanges('sbx_1', [{ kind: 'create', type: 'team', data: { name: 'Radio' } }]);
  await applyKeptChanges();
  expect((await api.entities.list({ type: 'team' })).matched).toBe(0);
  dataset['target'] = 'sbx_1';
  await applyKeptChanges();
  expect((await api.entities.list({ type: 'team' })).matched).toBe(1);
  expect(await screen.findByText('1 change was made in this sandbox')).toBeTruthy();
  await applyKeptChanges();
  expect((await api.entities.list({ type: 'team' })).matched).toBe(1);
});
