import { defineTask } from '../../kernel/workers/task.ts';
import { findAnswer } from './find-answer.ts';
import type { AnswerRequest, Findings } from './finding.ts';
import type { Organisation } from '../organisation.ts';

export const answerTask = defineTask<
  { organisation: Organisation; request: AnswerRequest },
  Findings,
  number
>('answer', ({ organisation, request }, onProgress) => {
  const work = findAnswer(organisation, request);
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    onProgress(step.value);
  }
});
