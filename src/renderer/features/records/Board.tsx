import { useQuery } from '@tanstack/react-query';
import type { ListView } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { textIn } from '#shared/domain/json.ts';
import { shownTitles } from '#shared/domain/references.ts';
import { stateFields } from '#shared/domain/states.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { useTexts } from '../../i18n/setup.ts';
import { showPanel } from '../../stores/address.ts';
import { queryFor } from '../../stores/queries.ts';
import { formatDay } from '../../text/formats.ts';
import { capitalised, choiceName, displayTitle, joinWithAnd } from '../../text/names.ts';
import { QueryView } from '../../ui/QueryView.tsx';
import type { useListRows } from './data/grouped-rows.ts';
import styles from './board.module.css';

/** Repairs and tasks have a board. */
export const hasBoard = ({ type, deleted }: ListView): boolean =>
  (type === 'repair' || type === 'task') && deleted !== 'only';

const maxCards = 500;

interface Props {
  view: ListView;
  query: ReturnType<typeof useListRows>['query'];
}

/** The records of a list as cards, in a column for each state. */
export function Board({ view, query }: Props) {
  const { t } = useTexts('grid');
  const { type, panel } = view;
  const result = useQuery(queryFor('entities.list', { ...query, limit: maxCards }));
  const state = stateFields[type];
  const openId = panel?.kind === 'record' ? panel.id : null;
  return (
    <QueryView query={result}>
      {({ rows, matched }) => (
        <div className={styles.board}>
          {(state ? vocabulary[state.list] : []).map((value) => {
            const cards = rows.filter(({ derived }) => derived[state?.key ?? ''] === value);
            const name = capitalised(choiceName(value));
            return (
              <section key={value} aria-label={name} className={styles.column}>
                <h2 className="small strong">
                  {name} <span className="faint num">{cards.length}</span>
                </h2>
                {cards.map((record) => (
                  <Card key={record.id} record={record} isOpen={record.id === openId} />
                ))}
              </section>
            );
          })}
          {matched > rows.length && (
            <p className="dim small">{t('board.more', { shown: rows.length, all: matched })}</p>
          )}
        </div>
      )}
    </QueryView>
  );
}

function Card({ record, isOpen }: { record: EntityRecord; isOpen: boolean }) {
  const { t } = useTexts('repairs');
  const { id, title, type, payload, derived } = record;
  const due = textIn(payload['due_on']);
  const facts = [
    joinWithAnd(shownTitles(derived['owners_titles'])),
    due === '' ? '' : t('due', { when: formatDay(due) }),
    derived['blocked'] === true ? t('tasks.blocked') : '',
  ].filter((fact) => fact !== '');
  return (
    <button
      type="button"
      className={`stack gap-2 small text-start card ${styles.card}`}
      aria-pressed={isOpen}
      onClick={() => showPanel({ kind: 'record', id, tab: 'details' })}
    >
      <span className="breaks">{displayTitle(title, type)}</span>
      {facts.length > 0 && <span className="tiny dim">{facts.join(' · ')}</span>}
    </button>
  );
}
