import type { RepairStep } from '../contract/analysis.ts';

/** A fact that a template needs of its subjects: `ends` are two records, `item` is a record that can be archived or given up. */
export type TemplateNeed = 'person' | 'team' | 'link' | 'ends' | 'area' | 'repository' | 'item';

/** The person who does a task: the one who has the knowledge now, the one who learns it, or the owner of the repair. */
export type TaskRole = 'holder' | 'successor' | 'owner';

interface RepairTemplate {
  needs: TemplateNeed;
  /** The steps of Insights that the template carries out. */
  steps: readonly RepairStep['do'][];
  /** The tasks in order, each by the person who does it. Their texts are in `shared/texts`. */
  tasks: readonly TaskRole[];
}

/** The templates of a repair's tasks. Of those that carry out a step, the first is the default. */
export const repairTemplates = {
  document_link: { needs: 'link', steps: ['document'], tasks: ['holder', 'successor', 'owner'] },
  pair: { needs: 'ends', steps: ['link', 'strengthen'], tasks: ['owner', 'owner', 'owner'] },
  add_bearer: { needs: 'link', steps: ['strengthen'], tasks: ['holder', 'successor', 'owner'] },
  review_rota: { needs: 'team', steps: ['strengthen'], tasks: ['holder', 'holder', 'owner'] },
  mentor: { needs: 'team', steps: ['mentor', 'recruit'], tasks: ['owner', 'holder', 'owner'] },
  hand_over: { needs: 'person', steps: ['mentor', 'remove'], tasks: ['holder', 'successor', 'owner'] },
  cross_train: { needs: 'area', steps: ['learn'], tasks: ['holder', 'successor', 'owner'] },
  second_author: { needs: 'repository', steps: ['author'], tasks: ['holder', 'successor', 'owner'] },
  archive: { needs: 'item', steps: ['remove'], tasks: ['holder', 'holder', 'successor'] },
  retire: { needs: 'item', steps: ['cut', 'remove'], tasks: ['owner', 'owner', 'owner'] },
} as const satisfies Record<string, RepairTemplate>;

/** Files of code that a repair gives another author. */
interface AuthorStep {
  /** The author. */
  id: string;
  files: readonly string[];
}

export const authorStepOf = (steps: readonly unknown[]): AuthorStep | undefined =>
  steps.find((step): step is AuthorStep => (step as Partial<RepairStep> | null)?.do === 'author');

export type TemplateName = keyof typeof repairTemplates;
export const templateNames = Object.keys(repairTemplates) as [TemplateName, ...TemplateName[]];

/** The templates that carry out one of these steps, the default first. */
export const templatesFor = (steps: readonly unknown[]): TemplateName[] =>
  templateNames.filter((name) => {
    const kinds: readonly string[] = repairTemplates[name].steps;
    return steps.some((step) => kinds.includes(String((step as Partial<RepairStep> | null)?.do)));
  });
