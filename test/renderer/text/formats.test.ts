import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { i18n } from '#renderer/i18n/setup.ts';
import { dayText, useFormats, maxDayLength } from '#renderer/text/formats.ts';

afterEach(async () => {
  await i18n.changeLanguage('en');
  useFormats.setState({ dates: 'day-month' });
});

it('no day is longer than the longest, in any language and way of writing', async () => {
  for (const language of ['en', 'de']) {
    await i18n.changeLanguage(language);
    for (const dates of ['day-month', 'month-day', 'iso'] as const) {
      useFormats.setState({ dates });
      const most = maxDayLength();
      fc.assert(
        fc.property(fc.integer({ min: 1900, max: 2999 }), fc.integer({ min: 0, max: 365 }), (year, day) => {
          expect(dayText(new Date(year, 0, 1 + day).getTime()).length).toBeLessThanOrEqual(most);
        }),
      );
    }
  }
});
