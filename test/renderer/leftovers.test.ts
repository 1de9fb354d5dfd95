import { expect, it, vi } from 'vitest';
import { emptyPage, endLeftovers } from './support/leftovers.ts';

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

it('ends timers and listeners, so that the next test file is not affected', async () => {
  const heard = vi.fn();
  setTimeout(heard, 5);
  setInterval(heard, 5);
  window.addEventListener('resize', heard);
  addEventListener('resize', heard, true);
  endLeftovers();
  window.dispatchEvent(new Event('resize'));
  await wait(30);
  expect(heard).not.toHaveBeenCalled();
});

it('keeps later ones', async () => {
  const heard = vi.fn();
  endLeftovers();
  setTimeout(heard, 5);
  window.addEventListener('resize', heard, { once: true });
  window.dispatchEvent(new Event('resize'));
  await wait(30);
  expect(heard).toHaveBeenCalledTimes(2);
});

it('leaves an empty page', () => {
  document.documentElement.dataset['target'] = 'live';
  document.body.append(document.createElement('p'));
  document.title = 'Anywhere';
  emptyPage();
  expect(document.body.outerHTML).toBe('<body></body>');
  expect(document.documentElement.getAttributeNames()).toEqual([]);
  expect(document.title).toBe('');
});
