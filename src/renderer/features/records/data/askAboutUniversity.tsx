import { Button } from '@mantine/core';
import { say } from '../../../i18n/setup.ts';
import { counted, typeBehind } from '../../../text/names.ts';
import { askDialog } from '../../../ui/dialog.tsx';

interface Preview {
  contents: Readonly<Record<string, number>>;
  links: number;
}

/** Shows what would go with a university, or with several (`count`), and asks. True to go on. */
export function askAboutUniversity(title: string, { contents, links }: Preview, count = 1): Promise<boolean> {
  const lines = Object.entries(contents).filter(([, count]) => count > 0);
  return askDialog({ title: say('grid:university.title', { title, count }) }, false, (answer) => (
    <div className="conflicts">
      <p>{say('grid:university.text', { count })}</p>
      <ul>
        {lines.map(([table, count]) => (
          <li key={table}>{counted(typeBehind(table), count)}</li>
        ))}
        {links > 0 && <li>{counted('interface', links)}</li>}
      </ul>
      <div className="dialog-buttons">
        <Button variant="default" data-autofocus onClick={() => answer(false)}>
          {say('common:cancel')}
        </Button>
        <Button color="red" onClick={() => answer(true)}>
          {say('grid:university.confirm')}
        </Button>
      </div>
    </div>
  ));
}
