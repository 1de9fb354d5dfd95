import { ownerName } from '#core/kernel/owner.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { openCore } from '#core/open.ts';
import { fillSample } from '#core/sample/fill.ts';
import { resources } from '#test/support/golden.ts';

/** Makes the sample workspace as a first start does, and closes it. Returns its folder. */
export async function makeSample(workspace: string): Promise<string> {
  const core = await openCore({
    workspace,
    ...systemServices(),
    log: silentLog,
    create: { owner: ownerName(process.env), name: 'Sample' },
    holder: { kind: 'test', label: 'a test' },
    resources,
  });
  await fillSample(core.services, core.session());
  // With its search index, which every start would build else.
  for (const _ of core.warmUp());
  await core.close();
  return workspace;
}
