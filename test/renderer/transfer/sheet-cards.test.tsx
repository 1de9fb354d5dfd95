import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { begin, open, paste, possible, settled, teams } from './sheet-hands.tsx';

beforeEach(begin);

describe('a card of something to look at', () => {
  it('shows no proposal of nearly the same names as if it were chosen', async () => {
    await open();
    await paste('Team name\tSchool\nA\tUniversity of Michigan\nB\tUniveristy of Michigan\n');
    await settled();
    const looks = screen
      .getAllByRole('button', { name: /^Both are/ })
      .map((button) => button.getAttribute('data-variant'));
    expect(new Set(looks)).toEqual(new Set(['default']));
  });

  it('says with what is no date what is read as one', async () => {
    await open();
    await paste('Team name\tFounded\nA\t2019-04-01\nB\t2020-05-02\nC\t2021-01-31\nD\t2020\n');
    await settled();
    expect(
      screen.getByText(/^A date has a day, a month and a year, as 2 Mar 2020 or 2020-03-02\./),
    ).toBeTruthy();
  });

  it('of a figure that is seldom meant goes when the person says that it is right', async () => {
    const { hands } = await open();
    await paste('Team name\tMembers\nRadio\t99999999\nPower\t12\n');
    await settled();
    expect(screen.getByText('“99999999” is unusually high for size: is it meant so?')).toBeTruthy();
    await hands.click(screen.getByRole('button', { name: 'Keep it' }));
    await settled();
    expect(screen.queryByText(/unusually high/)).toBeNull();
    await hands.click(await possible('Import 2 teams'));
    await screen.findByText(/Counts and samples/);
    const sizes = (await teams()).map(({ payload }) => payload['size']);
    expect(new Set(sizes)).toEqual(new Set([12, 99999999]));
  });
});
