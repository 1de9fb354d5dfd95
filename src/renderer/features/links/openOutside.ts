import type { Opening } from '../../api/shell.ts';
import { say } from '../../i18n/setup.ts';
import { notice, report } from '../../ui/notices.tsx';
import { openHandle } from '../transfer/openFile.ts';
import { followLink } from './followLink.ts';

/** Opens what the system handed over: a link is followed, a file is looked at, and what cannot be opened is told of. */
export async function openOutside(opening: Opening): Promise<void> {
  try {
    if (opening.kind === 'link') await followLink(opening.link);
    else if (opening.kind === 'file') await openHandle(opening.file);
    else if (opening.reason === 'link_too_long') notice({ id: 'link', title: say('notices:link.tooLong') });
    else if (opening.reason === 'workspace_gone') {
      notice({
        id: 'workspace',
        title: say('notices:recent.gone', { name: opening.name }),
        more: `${say('notices:recent.goneMore')} ${say('notices:recent.goneSample')}`,
        tone: 'bad',
      });
    } else {
      notice({
        title: say('notices:file.missing', { name: opening.name }),
        more: say('notices:file.missingMore'),
        stays: 15_000,
      });
    }
  } catch (error) {
    report(error);
  }
}
