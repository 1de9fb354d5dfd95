import { expect, it } from 'vitest';
import { pathText } from '#renderer/text/path.ts';

it('shows a path whole as far as that is short, else its beginning and its end', () => {
  expect(pathText('/media/ada/Blue drive')).toBe('/media/ada/Blue drive');
  const long = `/media/${'x'.repeat(200)}/Blue drive/backups of the year`;
  const shown = pathText(long);
  expect(shown).toHaveLength(160);
  expect(shown).toMatch(/^\/media\/x+…x+\/Blue drive\/backups of the year$/);
});
