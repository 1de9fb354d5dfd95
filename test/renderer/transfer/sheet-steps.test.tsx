import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { api } from '#renderer/api/client.ts';
import { useFrameCommands } from '#renderer/app/useFrameCommands.ts';
import { CommandHost } from '#renderer/commands/CommandHost.tsx';
import ImportView from '#renderer/features/transfer/ImportView.tsx';
import { tableNow } from '#renderer/features/transfer/sheet/state.ts';
import { watchChanges } from '#renderer/stores/live.ts';
import { queries } from '#renderer/stores/queries.ts';
import { frontTab, TabContext } from '#renderer/stores/tabs/store.ts';
import { serveCore } from '../support/core.ts';
import { draw } from '../support/draw.tsx';
import { begin, paste, settled, teams } from './sheet-hands.tsx';

beforeEach(begin);

const undo = '{Control>}z{/Control}';
const redo = '{Control>}{Shift>}z{/Shift}{/Control}';

function Frame() {
  useFrameCommands();
  return (
    <>
      <CommandHost />
      <TabContext.Provider value={frontTab()}>
        <ImportView />
      </TabContext.Provider>
    </>
  );
}

/** The window with its keys, of somebody who has made a team and then looks at a table with three things to mend. */
async function mending() {
  await serveCore();
  onTestFinished(watchChanges(queries));
  await api.entities.create({ type: 'team', data: { name: 'Before' } });
  const { hands } = draw(<Frame />);
  await paste('Team name\tDiscipline\tMembers\nRadio\tElec Eng\tfew\nPower\tElectr\t3\n');
  await settled();
  return hands;
}

const mend = 'Read it as “electrical”';
const toLookAt = (many: string) => screen.findByRole('heading', { name: `${many} to look at` });

describe('undo and redo while a table is mended', () => {
  it('take the last choice back and make it again, and never reach the workspace', async () => {
    const hands = await mending();
    const [first] = await screen.findAllByRole('button', { name: mend });
    await hands.click(first as HTMLElement);
    await settled();
    await hands.click(await screen.findByRole('button', { name: mend }));
    await settled();
    await toLookAt('1 thing');
    await hands.keyboard(undo);
    await toLookAt('2 things');
    expect(await screen.findByText('Undid: Correction')).toBeTruthy();
    await hands.keyboard(redo);
    await toLookAt('1 thing');
    await hands.keyboard(undo);
    await toLookAt('2 things');
    // A change of the workspace by somebody else has its undo named anew; it stays behind the import's.
    await act(() => api.entities.create({ type: 'team', data: { name: 'Meanwhile' } }));
    await hands.keyboard(undo);
    await toLookAt('3 things');
    await hands.keyboard(undo);
    expect(await screen.findByText('Nothing to take back in this import')).toBeTruthy();
    expect((await teams()).map(({ title }) => title).toSorted()).toEqual(['Before', 'Meanwhile']);
  });

  it('leave what is typed to its field, and come to rows that were left out and columns', async () => {
    const hands = await mending();
    await hands.click(screen.getAllByRole('button', { name: 'Leave this row out' })[0] as HTMLElement);
    await waitFor(() => expect(tableNow()?.choices.skip).toHaveLength(1));
    await settled();
    const box = screen.getAllByRole<HTMLInputElement>('textbox')[0] as HTMLInputElement;
    await hands.type(box, '7');
    await hands.keyboard(undo);
    expect(box.value).toBe('');
    expect(tableNow()?.choices.skip).toHaveLength(1);
    act(() => box.blur());
    await hands.keyboard(undo);
    await waitFor(() => expect(tableNow()?.choices.skip).toEqual([]));
    const becomes = screen.getByRole('combobox', { name: 'What “Members” becomes' });
    await hands.click(becomes);
    await hands.click(await screen.findByRole('option', { name: 'Leave out' }));
    await waitFor(() => expect(tableNow()?.choices.columns[2]).toEqual({ to: 'ignore' }));
    await hands.keyboard(undo);
    await waitFor(() => expect(tableNow()?.choices.columns[2]).toEqual({ to: 'field', field: 'size' }));
  });
});
