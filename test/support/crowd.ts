import { makeTemplate } from './workspace.ts';
import type { Template, TestWorkspace } from './workspace.ts';

/** Makes so many teams as one change, `c00000` and so on, every third of size 3. */
export async function crowd({ core }: Pick<TestWorkspace, 'core'>, count: number): Promise<void> {
  await core.services.queue.command(core.session(), (write) => {
    for (let n = 0; n < count; n += 1) {
      const id = `c${String(n).padStart(5, '0')}`;
      const payload = { name: `Team ${n % 500}`, size: 2 + Number(n % 3 === 0), experience: n % 7 };
      write.records.createLater({ type: 'team', id, payload }, null);
    }
    write.audit.label('seed', { total: count });
  });
}

/** A workspace with so many teams that nothing may read them all in one go. */
export function crowdTemplate(count = 9000): Promise<Template> {
  return makeTemplate((workspace) => crowd(workspace, count));
}
