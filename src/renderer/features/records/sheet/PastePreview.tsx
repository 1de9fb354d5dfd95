import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntityType } from '#shared/domain/types.ts';
import { counted } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import { changesOf, differs } from './changes.ts';
import type { PastePlan, PasteProblem } from './paste-plan.ts';

/** Most problems that are listed. */
const most = 100;

function Problems({ problems }: { problems: readonly PasteProblem[] }) {
  const { t } = useTranslation('sheet');
  const rest = problems.length - most;
  return (
    <>
      <p>{t('preview.problems', { count: problems.length })}</p>
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <section
        className="paste-problems"
        tabIndex={0}
        aria-label={t('preview.problems', { count: problems.length })}
      >
        {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex */}
        <table>
          <thead>
            <tr>
              <th scope="col">{t('preview.row')}</th>
              <th scope="col">{t('preview.column')}</th>
              <th scope="col">{t('preview.text')}</th>
              <th scope="col">{t('preview.why')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.slice(0, most).map(({ line, column, text, why }, index) => (
              <tr key={`${index}/${line}/${column}`}>
                <td className="num">{numberText(line)}</td>
                <td>{column}</td>
                <td className="paste-text">{text}</td>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rest > 0 && <p className="dim">{t('preview.more', { count: rest })}</p>}
    </>
  );
}

interface Props {
  type: EntityType;
  plan: PastePlan;
  onAnswer: (answer: { adds: boolean } | null) => void;
}

/** What a paste would change and add, and which cells cannot be understood: by row and column, with the reason. */
export function PastePreview({ type, plan, onAnswer }: Props) {
  const { t } = useTranslation(['sheet', 'common']);
  const { cells, created, problems, skipped } = plan;
  const [adds, setAdds] = useState(created.length > 0);
  const changed = cells.filter(differs).length;
  const records = changesOf(cells).length;
  const nothing = changed === 0 && !(adds && created.length > 0);
  const verb =
    problems.length > 0
      ? 'sheet:preview.pasteRest'
      : changed === 0
        ? 'sheet:preview.add'
        : 'sheet:preview.paste';
  return (
    <div className="paste-preview">
      <p>
        {changed === 0
          ? t('sheet:preview.noChanges')
          : t('sheet:preview.changes', { count: changed, what: counted(type, records) })}
      </p>
      {created.length > 0 && (
        <Checkbox
          checked={adds}
          onChange={(event) => setAdds(event.currentTarget.checked)}
          label={t('sheet:preview.create', { count: created.length })}
        />
      )}
      {problems.length > 0 && <Problems problems={problems} />}
      {skipped.length > 0 && (
        <p className="dim">{t('sheet:preview.skipped', { columns: skipped.join(', ') })}</p>
      )}
      <div className="dialog-buttons">
        <Button variant="default" onClick={() => onAnswer(null)}>
          {t('common:cancel')}
        </Button>
        <Button data-autofocus disabled={nothing} onClick={() => onAnswer({ adds })}>
          {t(verb)}
        </Button>
      </div>
    </div>
  );
}
