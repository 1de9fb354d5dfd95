import { describe, expect, it } from 'vitest';
import type { ToData } from '#shared/shell/process.ts';
import { createPendingGrants, DataUnavailable } from '#main/grants.ts';

const grant = (id: string) => ({ id, path: `/files/${id}`, use: 'read' as const });

function begin(there = true) {
  const sent: ToData[] = [];
  const grants = createPendingGrants((message) => {
    if (there) sent.push(message);
    return there;
  });
  return { grants, sent, ids: () => sent.map((message) => ('id' in message ? message.id : '')) };
}

/** Registers and answers as the data process does. */
async function know(grants: ReturnType<typeof begin>['grants'], id: string): Promise<void> {
  const registering = grants.register(grant(id));
  grants.confirm(id);
  await registering;
}

describe('grants and the end of a data process', () => {
  it('are passed to the next process unchanged', async () => {
    const { grants, sent } = begin();
    await know(grants, 'a');
    sent.length = 0;
    grants.resend();
    expect(sent).toEqual([{ kind: 'grant', ...grant('a') }]);
  });

  it('are not, if used or unknown', async () => {
    const { grants, sent, ids } = begin();
    await know(grants, 'a');
    await know(grants, 'b');
    const refused = grants.register(grant('c'));
    grants.refuseAll();
    await expect(refused).rejects.toBeInstanceOf(DataUnavailable);
    grants.drop('a');
    sent.length = 0;
    grants.resend();
    expect(ids()).toEqual(['b']);
  });

  it('are limited in number', async () => {
    const { grants, sent, ids } = begin();
    for (let n = 0; n < 205; n += 1) await know(grants, String(n));
    sent.length = 0;
    grants.resend();
    expect(ids()).toHaveLength(200);
    expect(ids()).not.toContain('0');
  });
});
