import { variable } from '../environment.ts';
import type { Target } from './targets.ts';

/** The variables of electron-builder that name a certificate: a file, or its content in base64. */
const certificates: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  win32: ['WIN_CSC_LINK', 'CSC_LINK'],
  darwin: ['CSC_LINK'],
};

const consequence: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'Windows warns everybody who starts it',
  darwin: 'macOS refuses to start it, and it cannot update itself',
};

/** Why a target of Windows or macOS is not signed; null if it is, and for Linux, whose packages are signed otherwise. */
export function unsignedNotice(
  name: string,
  { platform }: Target,
  env: NodeJS.ProcessEnv = process.env,
): string | null {
  const system = platform.nodeName;
  const variables = certificates[system];
  if (variables === undefined || variables.some((one) => variable(one, env) !== undefined)) return null;
  return `Not signed: ${name}, because there is no certificate (${variables.join(' or ')}). ${consequence[system] ?? ''}.`;
}
