import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';

const signs = {
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconAlertTriangle,
  open: IconCircleDashed,
} as const;
export type Tone = keyof typeof signs;

/** How what stands beside it is: in order, to be looked at, wrong, or not known or there yet. */
export function Sign({ tone }: { tone: Tone }) {
  const Icon = signs[tone];
  return <Icon size={17} stroke={1.6} className={`home-sign home-${tone}`} />;
}
