import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { say } from '../../../i18n/setup.ts';
import { counted, typeBehind } from '../../../text/names.ts';

interface Preview {
  contents: Readonly<Record<string, number>>;
  links: number;
}

/** Shows what would go with a university and asks. True to go on. */
export function askAboutUniversity(title: string, { contents, links }: Preview): Promise<boolean> {
  const lines = Object.entries(contents).filter(([, count]) => count > 0);
  return new Promise((resolve) => {
    const close = (answer: boolean): void => {
      resolve(answer);
      modals.close('university');
    };
    modals.open({
      modalId: 'university',
      title: say('grid:university.title', { title }),
      onClose: () => resolve(false),
      children: (
        <div className="conflicts">
          <p>{say('grid:university.text')}</p>
          <ul>
            {lines.map(([table, count]) => (
              <li key={table}>{counted(typeBehind(table), count)}</li>
            ))}
            {links > 0 && <li>{counted('interface', links)}</li>}
          </ul>
          <div className="dialog-buttons">
            <Button variant="default" data-autofocus onClick={() => close(false)}>
              {say('common:cancel')}
            </Button>
            <Button color="red" onClick={() => close(true)}>
              {say('grid:university.confirm')}
            </Button>
          </div>
        </div>
      ),
    });
  });
}
