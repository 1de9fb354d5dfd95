import { join } from 'node:path';
import { replaceFile } from '#files/replace-file.ts';
import { RepositoryError } from '../repository-error.ts';
import type { CloneSource } from '../scan-task.ts';
import { inertEnvironment, runGit } from './run-git.ts';

const maxOutputBytes = 1_000_000;
/** Larger files are not needed: only their sizes are shown. */
const maxBlob = '1m';

/** The address of a repository over https, without a name and password in it. Throws RepositoryError (`bad_address`). */
export function checkAddress(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '')
    // The text can have a password.
    throw new RepositoryError('bad_address', url?.host);
  return url;
}

/** Clones one branch without a work tree into `scratch` and returns the folder. Throws RepositoryError. */
export async function cloneRepository(
  git: string,
  { url, authorization, proxy, certificates, branch }: CloneSource & { branch: string | null },
  scratch: string,
): Promise<string> {
  const address = checkAddress(url);
  const [folder, caFile] = [join(scratch, 'clone.git'), join(scratch, 'ca.pem')];
  await replaceFile(caFile, certificates);
  // As variables they are not in the list of processes. A redirect could carry the header to another host.
  const settings = [
    ['http.followRedirects', 'false'],
    ['http.sslCAInfo', caFile],
    ['http.schannelUseSSLCAInfo', 'true'],
    ['http.proxy', proxy ?? ''],
    ...(authorization === null
      ? []
      : [[`http.${address.origin}/.extraHeader`, `Authorization: ${authorization}`]]),
  ] as const;
  const env: NodeJS.ProcessEnv = { ...inertEnvironment(scratch), GIT_CONFIG_COUNT: String(settings.length) };
  for (const [index, [key = '', value = '']] of settings.entries()) {
    env[`GIT_CONFIG_KEY_${index}`] = key;
    env[`GIT_CONFIG_VALUE_${index}`] = value;
  }
  const args = ['clone', '--quiet', '--bare', '--no-tags', '--single-branch', '--template='];
  const chosen = branch === null ? [] : [`--branch=${branch}`];
  await runGit({
    git,
    args: [...args, `--filter=blob:limit=${maxBlob}`, ...chosen, '--', address.href, folder],
    cwd: scratch,
    env,
    onData: () => {},
    maxBytes: maxOutputBytes,
    problem: 'clone_failed',
  });
  return folder;
}
