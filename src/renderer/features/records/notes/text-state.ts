import type { TextReport } from '#shared/contract/documents.ts';
import { say } from '../../../i18n/setup.ts';

export function textStateText({ state, pages }: TextReport): string {
  if (state === 'no_file') return '';
  if (state !== 'complete') return say(`documents:state.${state}`);
  return pages === null ? say('documents:searchableText') : say('documents:searchable', { count: pages });
}
