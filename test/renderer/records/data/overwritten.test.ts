import { describe, expect, it } from 'vitest';
import { api } from '#renderer/api/client.ts';
import '#renderer/i18n/setup.ts';
import { tellOverwritten } from '#renderer/features/records/data/overwritten.ts';
import { useNotices } from '#renderer/stores/notices.ts';
import { fieldOfOwn } from '#shared/domain/own-fields.ts';
import { serveCore } from '../../support/core.ts';

describe('a field that somebody else changed meanwhile', () => {
  it('is told of by its own name and as it was written, when it is an own one', async () => {
    await serveCore();
    const data = { name: 'Thermal', links: 2024 };
    const { record, op_id } = await api.entities.create({ type: 'team', data });
    await tellOverwritten(record, fieldOfOwn({ name: 'links', kind: 'number' }), op_id);
    expect(useNotices.getState().list[0]).toMatchObject({
      title: 'links was changed meanwhile',
      more: 'It had become “2024”; yours is saved.',
      waits: true,
    });
  });
});
