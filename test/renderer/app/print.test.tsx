import { screen } from '@testing-library/react';
import { useCallback } from 'react';
import { expect, it } from 'vitest';
import { PrintHead } from '#renderer/app/tabs/Panes.tsx';
import { navigate } from '#renderer/stores/address.ts';
import { useIsPrinting, usePrintPreparation, whilePrinting } from '#renderer/stores/printing.ts';
import { listOf } from '#shared/address/view.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';

const order: string[] = [];

function Part() {
  usePrintPreparation(
    useCallback(async () => {
      await Promise.resolve();
      order.push('prepared');
    }, []),
  );
  return useIsPrinting() ? <p>On paper</p> : null;
}

it('a printed view has a heading with its title, workspace and author, and is prepared first', async () => {
  await serveCore();
  navigate(listOf('team'));
  draw(
    <>
      <PrintHead />
      <Part />
    </>,
  );
  expect(screen.queryByText('Teams')).toBeNull();
  await whilePrinting(async () => {
    order.push('printed');
    expect(screen.getByText('On paper')).toBeTruthy();
    expect(screen.getByText('Teams')).toBeTruthy();
    expect(await screen.findByText(/ · by .+ · .+/)).toBeTruthy();
  });
  expect(order).toEqual(['prepared', 'printed']);
  expect(screen.queryByText('On paper')).toBeNull();
});
