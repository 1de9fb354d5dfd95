/** The parts of `npm audit --json` that are used here. */
export interface AuditReport {
  vulnerabilities?: Record<string, { name: string; severity: string; range: string; nodes: string[] }>;
}

/** The parts of `package-lock.json` that are used here. */
export interface Lock {
  packages: Record<string, { dev?: boolean }>;
}

/** Weaknesses of high or critical severity: in what is shipped, which is Electron and everything but development tools, and in tools. */
export function seriousFindings(report: AuditReport, lock: Lock): { shipped: string[]; tools: string[] } {
  const isShipped = (node: string): boolean =>
    node === 'node_modules/electron' || lock.packages[node]?.dev !== true;
  const serious = Object.values(report.vulnerabilities ?? {}).filter(({ severity }) =>
    ['high', 'critical'].includes(severity),
  );
  const lineOf = ({ name, range, severity }: (typeof serious)[number]): string =>
    `${name} ${range}: ${severity}`;
  return {
    shipped: serious.filter(({ nodes }) => nodes.some(isShipped)).map(lineOf),
    tools: serious.filter(({ nodes }) => !nodes.some(isShipped)).map(lineOf),
  };
}
