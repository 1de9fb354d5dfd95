import { fillSample } from '#core/sample/fill.ts';
import { makeTemplate } from './workspace.ts';
import type { Template, TestWorkspace } from './workspace.ts';

/** Fills a workspace with the shipped sample. */
export async function addSample({ core }: Pick<TestWorkspace, 'core'>): Promise<void> {
  await fillSample(core.services, core.session());
}

export const sampleTemplate = (): Promise<Template> => makeTemplate(addSample);
