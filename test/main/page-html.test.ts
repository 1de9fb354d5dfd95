import { expect, it } from 'vitest';
import { printHtml } from '#main/page-html.ts';

it('the text of a printed page never becomes markup', () => {
  const evil = '<script>"&</script>';
  const item = { title: evil, about: evil, value: evil, share: 0.5, lines: [evil] };
  const html = printHtml(
    {
      language: evil,
      title: evil,
      about: evil,
      author: '',
      sections: [{ heading: evil, note: evil, items: [item] }],
      facts: [evil],
      at: '2026-01-01T00:00:00.000Z',
    },
    '',
  );
  expect(html).not.toContain('<script');
  expect(html.match(/&lt;script&gt;&quot;&amp;&lt;\/script&gt;/g)).toHaveLength(11);
});
