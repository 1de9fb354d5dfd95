import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { act, screen, within } from '@testing-library/react';
import { expect, it, onTestFinished, vi } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { awaitResult } from '#renderer/api/stream.ts';
import { closePalette, openPalette } from '#renderer/commands/palette-state.ts';
import Palette from '#renderer/features/search/Palette.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { pdfOf } from '#test/support/documents/pdf.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { OpenPanel } from './panel-hands.tsx';

const marked = (part: HTMLElement) => [...part.querySelectorAll('mark')].map((mark) => mark.textContent);

it('a document opened from a hit shows the passage, and marks the words in its text', async () => {
  const { workspace } = await serveCore();
  const path = join(workspace.folder, '..', 'rotator.pdf');
  const pages = [
    'Grey paint is in room 12.',
    'It stalls below five degrees. Restart it with the grey switch.',
  ];
  writeFileSync(path, pdfOf(pages));
  const grant = workspace.core.grants.issue(path, 'read');
  await awaitResult(api.documents.attach({ grant, name: 'Rotator' }), () => {});
  navigate({ kind: 'home' });
  const { hands } = draw(
    <>
      <Palette />
      <OpenPanel />
    </>,
  );
  const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView');
  onTestFinished(() => act(closePalette));
  act(openPalette);
  await hands.type(await screen.findByRole('combobox', { name: 'Search everything' }), 'grey switch');
  await hands.click(await screen.findByRole('option', { name: /page 2/ }));
  const passage = await screen.findByRole('region', { name: 'Found on page 2' });
  expect(marked(passage)).toEqual(['grey', 'switch']);

  await hands.click(await screen.findByRole('button', { name: 'Show text' }));
  const text = screen.getByRole('region', { name: 'Show text' });
  expect(marked(text)).toEqual(['Grey', 'grey', 'switch']);
  expect(scrolled.mock.contexts.at(-1)).toBe(text.querySelectorAll('mark')[1]);

  await hands.click(within(passage).getByRole('button', { name: 'Hide passage' }));
  expect(screen.queryByRole('region', { name: 'Found on page 2' })).toBeNull();
  expect(marked(text)).toEqual([]);
});
