import { Button } from '@mantine/core';
import { IconAtom } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { MoleculeView as View } from '#shared/address/view.ts';
import { moleculeOf } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { runCommand } from '../../commands/registry.ts';
import { navigate, recordInPanel, useView } from '../../stores/address.ts';
import { useCanChange, useMe, writeRefusal } from '../../stores/profile.ts';
import { useSeatItem } from '../../stores/seat.ts';
import { useStatus } from '../../stores/view-status.ts';
import { newName } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { networkCountsText } from '../network/data.ts';
import type { Model, NetNode } from '../network/model/model.ts';
import { RecordStage } from '../network/RecordStage.tsx';
import { Drawing } from './Drawing.tsx';
import { Foot, LossWithoutRecord, leaksKey, proposesKey, Toolbar, useIsMotionReduced } from './Toolbar.tsx';
import type { Molecule, Subject } from './members.ts';
import { subjectOf, useMolecule, useSubjects } from './useMolecule.ts';
import { useProposals } from './proposals.ts';
import type { ProposalState } from './proposals.ts';
import { proposalText } from './texts.ts';
import { nodeName } from '../network/model/model.ts';
import styles from './molecule.module.css';

function Proposals({ pending, accept, reject }: ProposalState) {
  const { t } = useTexts('molecule');
  return (
    pending.length > 0 && (
      <section
        className={`scroll small pad-12 on-panel rounded ${styles.proposals}`}
        aria-label={t('proposals')}
        aria-live="polite"
      >
        <h2 className="small mb-8">{t('proposals')}</h2>
        <ul className="column gap-8">
          {pending.map((entry) => (
            <li className="row wrap gap-8" key={`${entry.proposal.kind} ${entry.proposal.id}`}>
              <span>{proposalText(entry.proposal)}</span>
              <Button variant="filled" size="compact-sm" onClick={() => void accept(entry)}>
                {t('accept')}
              </Button>
              <Button size="compact-sm" onClick={() => reject(entry)}>
                {t('refuse')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    )
  );
}

/** More nodes are unreadable in one picture. */
const maxNodes = 300;

function EmptyMolecule({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <EmptyState icon={IconAtom} text={text}>
      {children}
    </EmptyState>
  );
}

/** Offers smaller subjects: the projects of a university, or a university's part of a project. */
function TooManyNodes({ molecule, subject, subjects }: TooManyProps) {
  const { t } = useTexts('molecule');
  const universityIds = new Set(
    molecule.nuclei.flatMap(({ teams }) => teams.map(({ university }) => university)),
  );
  const smallerSubjects =
    subject.project === ''
      ? molecule.nuclei.map(({ node }) => node).filter(({ type }) => type === 'project')
      : subject.university === ''
        ? subjects.filter(({ type, id }) => type === 'university' && universityIds.has(id))
        : [];
  return (
    <EmptyMolecule text={t('tooMany.text', { count: molecule.drawnCount, most: maxNodes })}>
      <div className={`flex wrap middle scroll gap-8 ${styles.parts}`}>
        {smallerSubjects.map((choice) => (
          <Button
            key={choice.id}
            onClick={() => navigate(moleculeOf({ ...subject, [choice.type]: choice.id }))}
          >
            {nodeName(choice)}
          </Button>
        ))}
      </div>
    </EmptyMolecule>
  );
}

interface TooManyProps {
  molecule: Molecule;
  subject: Subject;
  subjects: readonly NetNode[];
}

interface MoleculeStageProps {
  view: View;
  model: Model;
  molecule: Molecule;
  drawing: React.RefObject<SVGSVGElement | null>;
}

function MoleculeStage({ view, model, molecule, drawing }: MoleculeStageProps) {
  const [hoverText, setHoverText] = useState('');
  const isMotionReduced = useIsMotionReduced();
  const hasLeaks = useSeatItem(leaksKey) !== false && !isMotionReduced;
  const proposals = useProposals(model, useSeatItem(proposesKey) !== false);
  const canEdit = writeRefusal(useMe()) === null;
  const openId = recordInPanel(view);
  const openNode = model.nodes.get(openId ?? '');
  return (
    <>
      <div className="fill flex relative on-canvas">
        <Drawing
          model={model}
          molecule={molecule}
          freeTeams={proposals.freeTeams}
          openId={openId}
          hasLeaks={hasLeaks}
          canEdit={canEdit}
          svg={drawing}
          onHover={setHoverText}
          onDrop={proposals.drop}
        />
        <Proposals {...proposals} />
        {openNode && <LossWithoutRecord node={openNode} />}
      </div>
      <Foot hoverText={hoverText} />
    </>
  );
}

function SubjectView({
  view,
  subject,
  subjects,
}: {
  view: View;
  subject: Subject;
  subjects: readonly NetNode[];
}) {
  const { t } = useTexts('molecule');
  const drawing = useRef<SVGSVGElement>(null);
  const { query, molecule, notFound } = useMolecule(subject);
  const { data: model } = query;
  const isDrawn = molecule !== null && molecule.nuclei.length > 0 && molecule.drawnCount <= maxNodes;
  useStatus(model && isDrawn ? networkCountsText(moleculeModel(model, molecule)) : '');
  return (
    <RecordStage panel={view.panel}>
      <Toolbar subject={subject} subjects={subjects} molecule={molecule} drawing={drawing} />
      {model && isDrawn && (
        <MoleculeStage
          key={`${subject.project} ${subject.university}`}
          view={view}
          model={model}
          molecule={molecule}
          drawing={drawing}
        />
      )}
      {molecule && !isDrawn && molecule.nuclei.length > 0 && (
        <TooManyNodes molecule={molecule} subject={subject} subjects={subjects} />
      )}
      {molecule?.nuclei.length === 0 && <EmptyMolecule text={t('empty.none')} />}
      {notFound && (
        <EmptyMolecule text={t('empty.notFound')}>
          <Button variant="filled" onClick={() => navigate(moleculeOf())}>
            {t('empty.another')}
          </Button>
        </EmptyMolecule>
      )}
      {!notFound && <QueryView query={query} />}
    </RecordStage>
  );
}

function moleculeModel(model: Model, { nuclei, studentsByTeam, bonds }: Molecule): Model {
  const nodes = [
    ...nuclei.flatMap(({ node, teams, faculty }) => [node, ...teams, ...faculty]),
    ...[...studentsByTeam.values()].flat(),
  ];
  const mapById = <T extends { id: string }>(items: readonly T[]): Map<string, T> =>
    new Map(items.map((item) => [item.id, item]));
  return { ...model, nodes: mapById(nodes), edges: mapById(bonds), matched: nodes.length };
}

function MoleculePage({ view }: { view: View }) {
  const { t } = useTexts('molecule');
  const canEdit = useCanChange();
  const query = useSubjects();
  const { data: subjects } = query;
  const subject = subjects && subjectOf(view, subjects);
  if (subjects && subject) return <SubjectView view={view} subject={subject} subjects={subjects} />;
  return (
    <RecordStage>
      <header className="list-toolbar">
        <h1>{t('title')}</h1>
      </header>
      {subjects && (
        <EmptyMolecule text={t('empty.text')}>
          {canEdit && (
            <Button variant="filled" onClick={() => runCommand('new.project')}>
              {newName('project')}
            </Button>
          )}
        </EmptyMolecule>
      )}
      {!subjects && <QueryView query={query} />}
    </RecordStage>
  );
}

export default function MoleculeView() {
  const view = useView();
  return view.kind === 'molecule' && <MoleculePage view={view} />;
}
