import { screen, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import AboutView from '#renderer/features/about/AboutView.tsx';
import { useProgram } from '#renderer/stores/program.ts';
import { collectLicences } from '#scripts/lib/licences.ts';
import { root } from '#scripts/lib/paths.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

beforeEach(() =>
  useProgram.setState({
    program: {
      version: '9.8.7',
      electron: '45.0.0',
      chromium: '150.0',
      node: '24.0.0',
      system: 'Linux 6 (x64)',
    },
  }),
);

describe('about FRAMES', () => {
  it('lists its components', async () => {
    await serveCore();
    draw(<AboutView />);
    expect(screen.getByText('9.8.7')).toBeTruthy();
    expect(screen.getByText('150.0')).toBeTruthy();
    // Packages below have such versions too.
    const sqlite = screen.getByText('SQLite').parentElement as HTMLElement;
    expect(await within(sqlite).findByText(/^3\.\d+\.\d+$/, {}, { timeout: 20_000 })).toBeTruthy();
  });

  it('shows the licence of every package in it', async () => {
    await serveCore();
    const { hands } = draw(<AboutView />);
    const search = await screen.findByRole('searchbox', { name: 'Search packages and licences' });
    await hands.type(search, '@mantine/core');
    await hands.click(screen.getByText('@mantine/core'));
    expect(screen.getAllByText(/Permission is hereby granted/)[0]).toBeTruthy();
    await hands.clear(search);
    await hands.type(search, 'no such package');
    expect(screen.getByText('Nothing found')).toBeTruthy();
  });

  it('each has a name, a version and its terms; build tools are not listed', () => {
    const licences = collectLicences(root);
    expect(licences.length).toBeGreaterThan(50);
    for (const { name, version, licence } of licences) expect([name, version, licence]).not.toContain('');
    const names = licences.map(({ name }) => name);
    expect(names).toContain('better-sqlite3');
    expect(names).not.toContain('vitest');
    expect(licences.filter(({ text }) => text === '').length).toBeLessThan(10);
  });
});
