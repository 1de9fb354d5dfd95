import { Button } from '@mantine/core';
import { IconAtom } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { MoleculeView as View } from '#shared/address/view.ts';
import { moleculeOf } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { runCommand } from '../../commands/registry.ts';
import { navigate, useView } from '../../stores/address.ts';
import { useMayChange, useMe, whyNothing } from '../../stores/profile.ts';
import { useKept } from '../../stores/seat.ts';
import { useStatus } from '../../stores/shown.ts';
import { newName } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { countsOf } from '../network/data.ts';
import type { Model, NetNode } from '../network/model/model.ts';
import { RecordStage } from '../network/RecordStage.tsx';
import { Drawing } from './Drawing.tsx';
import { Foot, LossWithoutRecord } from './Toolbar.tsx';
import type { Molecule, Subject } from './members.ts';
import { leaksKey, proposesKey, Toolbar, useIsStill } from './Toolbar.tsx';
import { subjectOf, useMolecule, useSubjects } from './useMolecule.ts';
import { usePending } from './proposals.ts';
import type { PendingProposals } from './proposals.ts';
import { proposalText } from './labels.ts';
import { nodeName } from '../network/model/model.ts';
import styles from './molecule.module.css';

function Proposals({ pending, accept, refuse }: PendingProposals) {
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
          {pending.map((one) => (
            <li className="row wrap gap-8" key={`${one.proposal.kind} ${one.proposal.id}`}>
              <span>{proposalText(one.proposal)}</span>
              <Button size="compact-sm" onClick={() => void accept(one)}>
                {t('accept')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => refuse(one)}>
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
const most = 300;

function Empty({ text, children }: { text: string; children?: React.ReactNode }) {
  return (
    <EmptyState icon={IconAtom} text={text}>
      {children}
    </EmptyState>
  );
}

/** Smaller subjects: the projects of a university, or a university's part of a project. */
function TooMany({ molecule, subject, subjects }: PartProps) {
  const { t } = useTexts('molecule');
  const inside = new Set(molecule.nuclei.flatMap(({ teams }) => teams.map(({ university }) => university)));
  const parts =
    subject.project === ''
      ? molecule.nuclei.map(({ node }) => node).filter(({ type }) => type === 'project')
      : subject.university === ''
        ? subjects.filter(({ type, id }) => type === 'university' && inside.has(id))
        : [];
  return (
    <Empty text={t('tooMany.text', { count: molecule.size, most })}>
      <div className={`flex wrap middle scroll gap-8 ${styles.parts}`}>
        {parts.map((part) => (
          <Button
            key={part.id}
            variant="default"
            onClick={() => navigate(moleculeOf({ ...subject, [part.type]: part.id }))}
          >
            {nodeName(part)}
          </Button>
        ))}
      </div>
    </Empty>
  );
}

interface PartProps {
  molecule: Molecule;
  subject: Subject;
  subjects: readonly NetNode[];
}

interface ShownProps {
  view: View;
  model: Model;
  molecule: Molecule;
  drawing: React.RefObject<SVGSVGElement | null>;
}

function Shown({ view, model, molecule, drawing }: ShownProps) {
  const [pointed, point] = useState('');
  const isStill = useIsStill();
  const hasLeaks = useKept(leaksKey) !== false && !isStill;
  const proposals = usePending(model, useKept(proposesKey) !== false);
  const canEdit = whyNothing(useMe()) === null;
  const open = view.panel?.kind === 'record' ? view.panel.id : null;
  const opened = model.nodes.get(open ?? '');
  return (
    <>
      <div className="fill flex relative on-canvas">
        <Drawing
          model={model}
          molecule={molecule}
          free={proposals.free}
          open={open}
          hasLeaks={hasLeaks}
          canEdit={canEdit}
          svg={drawing}
          onPoint={point}
          onDrop={proposals.drop}
        />
        <Proposals {...proposals} />
        {opened && <LossWithoutRecord node={opened} />}
      </div>
      <Foot pointed={pointed} />
    </>
  );
}

function OfSubject({
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
  const isDrawn = molecule !== null && molecule.nuclei.length > 0 && molecule.size <= most;
  useStatus(model && isDrawn ? countsOf(shownPart(model, molecule)) : '');
  return (
    <RecordStage panel={view.panel}>
      <Toolbar subject={subject} subjects={subjects} molecule={molecule} drawing={drawing} />
      {model && isDrawn && (
        <Shown
          key={`${subject.project} ${subject.university}`}
          view={view}
          model={model}
          molecule={molecule}
          drawing={drawing}
        />
      )}
      {molecule && !isDrawn && molecule.nuclei.length > 0 && (
        <TooMany molecule={molecule} subject={subject} subjects={subjects} />
      )}
      {molecule?.nuclei.length === 0 && <Empty text={t('empty.none')} />}
      {notFound && (
        <Empty text={t('empty.notFound')}>
          <Button onClick={() => navigate(moleculeOf())}>{t('empty.another')}</Button>
        </Empty>
      )}
      {!notFound && <QueryView query={query} />}
    </RecordStage>
  );
}

function shownPart(model: Model, { nuclei, students, bonds }: Molecule): Model {
  const nodes = [
    ...nuclei.flatMap(({ node, teams, faculty }) => [node, ...teams, ...faculty]),
    ...[...students.values()].flat(),
  ];
  const byId = <T extends { id: string }>(all: readonly T[]): Map<string, T> =>
    new Map(all.map((one) => [one.id, one]));
  return { ...model, nodes: byId(nodes), edges: byId(bonds), matched: nodes.length };
}

function MoleculePage({ view }: { view: View }) {
  const { t } = useTexts('molecule');
  const canEdit = useMayChange();
  const query = useSubjects();
  const { data: subjects } = query;
  const subject = subjects && subjectOf(view, subjects);
  if (subjects && subject) return <OfSubject view={view} subject={subject} subjects={subjects} />;
  return (
    <RecordStage>
      <header className="list-toolbar">
        <h1>{t('title')}</h1>
      </header>
      {subjects && (
        <Empty text={t('empty.text')}>
          {canEdit && <Button onClick={() => runCommand('new.project')}>{newName('project')}</Button>}
        </Empty>
      )}
      {!subjects && <QueryView query={query} />}
    </RecordStage>
  );
}

export default function MoleculeView() {
  const view = useView();
  return view.kind === 'molecule' && <MoleculePage view={view} />;
}
