/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions -- a dialog element would be modal or placed by the browser; its keys are those of the card as a whole */
import { networkOf } from '#shared/address/network.ts';
import { listOf, recordIn } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../api/client.ts';
import { navigate } from '../../stores/address.ts';
import { reportError, notice } from '../../ui/notices.tsx';
import { useEffect, useState, useLayoutEffect, useRef } from 'react';
import { frontPart } from '../../ui/focus.ts';
import { Button, Group } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { say, useTexts } from '../../i18n/setup.ts';
import { endTour, leadTo, showStep, useTour } from './state.ts';
import styles from './tour.module.css';

export interface TourStep {
  id: 'rail' | 'list' | 'panel' | 'network' | 'undo' | 'palette';
  view?: View;
  /** The selector of the target. Without it the card is centred. */
  target: string;
  opensFirst?: boolean;
}

export const tourSteps: readonly TourStep[] = [
  { id: 'rail', view: { kind: 'home' }, target: '.rail' },
  { id: 'list', view: listOf('team'), target: '[role="grid"]' },
  { id: 'panel', view: listOf('team'), target: '[data-record-panel]', opensFirst: true },
  { id: 'network', view: networkOf(), target: '.network' },
  { id: 'undo', target: '[data-command="edit.undo"]' },
  { id: 'palette', target: '.search-box' },
];

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Size {
  width: number;
  height: number;
}

const gap = 12;

const within = (value: number, most: number): number => Math.max(gap, Math.min(value, most - gap));

/**
 * The position of a card at its target: below, above, right or left, the first with room; otherwise over its lower right corner; centred
 * without a target.
 */
export function placeCard(target: Box | null, card: Size, window: Size): { left: number; top: number } {
  if (!target) {
    return { left: (window.width - card.width) / 2, top: (window.height - card.height) / 2 };
  }
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  const level = target.top + target.height / 2 - card.height / 2;
  const centred = target.left + target.width / 2 - card.width / 2;
  const put = (left: number, top: number) => ({
    left: within(left, window.width - card.width),
    top: within(top, window.height - card.height),
  });
  if (bottom + gap + card.height + gap <= window.height) return put(centred, bottom + gap);
  if (target.top - gap - card.height >= gap) return put(centred, target.top - gap - card.height);
  if (right + gap + card.width + gap <= window.width) return put(right + gap, level);
  if (target.left - gap - card.width >= gap) return put(target.left - gap - card.width, level);
  return put(right - card.width - gap, bottom - card.height - gap);
}

/** Opens the first record of a list, or the plain list if it is empty. */
export async function openFirst(type: EntityType): Promise<void> {
  try {
    const [first] = (await api.entities.list({ type, limit: 1 })).rows;
    navigate(first ? recordIn(type, first.id, 'links') : listOf(type));
  } catch (error) {
    reportError(error);
  }
}

/** Milliseconds between lookups of the target, which appears late and moves with the window. */
const interval = 120;

const shownIn = (part: ParentNode, selector: string): Element | undefined =>
  [...part.querySelectorAll(selector)].find((one) => one.getClientRects().length > 0);

function boxOf(selector: string): Box | null {
  // In split view, the front pane first; parts of the window are in neither.
  const found = shownIn(frontPart(), selector) ?? shownIn(document, selector);
  if (!found) return null;
  const { left, top, width, height } = found.getBoundingClientRect();
  return { left, top, width, height };
}

/** The position of a target, followed while it moves; null if it does not exist. */
export function useTarget(selector: string): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    let last = '';
    const look = (): void => {
      const found = boxOf(selector);
      const text = JSON.stringify(found);
      if (text !== last) setBox(found);
      last = text;
    };
    look();
    const timer = setInterval(look, interval);
    return () => clearInterval(timer);
  }, [selector]);
  return box;
}

function arrive(step: TourStep): void {
  if (step.opensFirst) void openFirst('team');
  else if (step.view) leadTo(step.view);
}

/** A step: a card next to its target. The window stays usable. */
function Step({ at, step }: { at: number; step: TourStep }) {
  const { t } = useTexts('tour');
  const card = useRef<HTMLDivElement>(null);
  const box = useTarget(step.target);
  const [place, setPlace] = useState({ left: 0, top: 0 });
  const last = at === tourSteps.length - 1;
  useEffect(() => arrive(step), [step]);
  // The target may take the focus when it appears, but the next key belongs to the card.
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
    // A person who ends it at the first step needs no explanation.
    if (at > 0) notice({ id: 'tour', title: t('doneTitle'), more: t('doneMore') });
  };
  const goOn = (): void => (last ? leave() : showStep(at + 1));
  const onKeyDown = (event: KeyboardEvent): void => {
    const turn = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') leave();
    // Enter on a button presses that button.
    else if (event.key === 'Enter' && event.target === event.currentTarget) goOn();
    else if (turn !== undefined && tourSteps[at + turn]) showStep(at + turn);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {box && <div className={`rounded untouched ${styles.ring}`} style={box} aria-hidden />}
      <div
        ref={card}
        role="dialog"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        tabIndex={-1}
        data-keeps-focus
        className={`stack gap-8 small pad-16 on-bg rounded ${styles.card}`}
        style={place}
        onKeyDown={onKeyDown}
      >
        <p className="tiny dim">{t('grid:some', { shown: at + 1, all: tourSteps.length })}</p>
        <h2 id="tour-title">{t(`${step.id}.title`)}</h2>
        <p id="tour-text">{t(`${step.id}.text`)}</p>
        <Group gap={8} mt={8} justify="space-between">
          {!last && (
            <Button size="xs" variant="subtle" color="gray" onClick={leave}>
              {t('end')}
            </Button>
          )}
          <Group gap={8} ms="auto">
            {at > 0 && (
              <Button size="xs" variant="default" onClick={() => showStep(at - 1)}>
                {say('commands:go.back')}
              </Button>
            )}
            <Button size="xs" onClick={goOn}>
              {last ? t('done') : t('next')}
            </Button>
          </Group>
        </Group>
      </div>
    </>
  );
}

export default function Tour() {
  const at = useTour((tour) => tour.at);
  const step = at === null ? undefined : tourSteps[at];
  return step && at !== null ? <Step key={step.id} at={at} step={step} /> : null;
}
