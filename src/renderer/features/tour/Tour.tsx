/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions -- a dialog element would be modal or placed by the browser; its keys are those of the card as a whole */
import { Button } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { openFirst } from './openFirst.ts';
import { notice } from '../../ui/notices.tsx';
import { placeCard } from './place.ts';
import { endTour, leadTo, showStep, useTour } from './state.ts';
import { steps } from './steps.ts';
import type { TourStep } from './steps.ts';
import { useTarget } from './useTarget.ts';
import './tour.css';

/** Goes where the step happens. */
function arrive(step: TourStep): void {
  if (step.opensFirst) void openFirst('team');
  else if (step.view) leadTo(step.view);
}

/** One step: a card beside what it speaks of. The window stays usable meanwhile. */
function Step({ at, step }: { at: number; step: TourStep }) {
  const { t } = useTranslation('tour');
  const card = useRef<HTMLDivElement>(null);
  const box = useTarget(step.target);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  const last = at === steps.length - 1;
  useEffect(() => arrive(step), [step]);
  // What the step speaks of may take the focus when it comes; the next key belongs to the card all the same.
  const arrived = box !== null;
  useLayoutEffect(() => card.current?.focus(), []);
  useLayoutEffect(() => {
    if (arrived) card.current?.focus();
  }, [arrived]);
  useLayoutEffect(() => {
    const size = card.current?.getBoundingClientRect();
    if (size) setPlace(placeCard(box, size, { width: innerWidth, height: innerHeight }));
  }, [box]);
  const leave = (): void => {
    endTour();
    // Who does not want it at all need not be told about it.
    if (at > 0) notice({ id: 'tour', title: t('doneTitle'), more: t('doneMore') });
  };
  const goOn = (): void => (last ? leave() : showStep(at + 1));
  const onKeyDown = (event: KeyboardEvent): void => {
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') leave();
    // On a button Enter presses that button.
    else if (event.key === 'Enter' && event.target === event.currentTarget) goOn();
    else if (turn !== undefined && steps[at + turn]) showStep(at + turn);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {box && <div className="tour-ring" style={box} aria-hidden />}
      <div
        ref={card}
        role="dialog"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        tabIndex={-1}
        data-keeps-focus
        className="tour-card"
        style={place}
        onKeyDown={onKeyDown}
      >
        <p className="tour-count">{t('step', { at: at + 1, count: steps.length })}</p>
        <h2 id="tour-title">{t(`${step.id}.title`)}</h2>
        <p id="tour-text">{t(`${step.id}.text`)}</p>
        <div className="tour-buttons">
          {!last && (
            <Button size="xs" variant="subtle" color="gray" onClick={leave}>
              {t('end')}
            </Button>
          )}
          <span className="tour-turn">
            {at > 0 && (
              <Button size="xs" variant="default" onClick={() => showStep(at - 1)}>
                {t('back')}
              </Button>
            )}
            <Button size="xs" onClick={goOn}>
              {last ? t('done') : t('next')}
            </Button>
          </span>
        </div>
      </div>
    </>
  );
}

/** The tour while somebody is shown around. */
export default function Tour() {
  const at = useTour((tour) => tour.at);
  const step = at === null ? undefined : steps[at];
  return step && at !== null ? <Step key={step.id} at={at} step={step} /> : null;
}
