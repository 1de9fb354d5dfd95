import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { root } from '#scripts/lib/paths.ts';
import { goTo } from './window.ts';

export const password = 'correct horse battery';

export interface Served {
  url: string;
  bootstrap_token: string | null;
  child: ChildProcess;
}

/** Starts a server as the guide says, and waits for the line that says it is ready. */
export async function serve(folder: string, port: number): Promise<Served> {
  const args = ['serve', '--trial', folder, '--port', String(port), '--json'];
  const child = spawn(join(root, 'bin', 'frames'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout as NodeJS.ReadableStream }), 'line')) as [
    string,
  ];
  return { ...(JSON.parse(line) as { url: string; bootstrap_token: string | null }), child };
}

export async function endServer({ child }: Served): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

export async function addUser(url: string, email: string, name: string): Promise<void> {
  const call = async (path: string, body: object, token?: string): Promise<{ access_token: string }> => {
    const headers = {
      'content-type': 'application/json',
      ...(token && { authorization: `Bearer ${token}` }),
    };
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    expect(answer.ok).toBe(true);
    return (await answer.json()) as { access_token: string };
  };
  const { access_token } = await call('auth/token', { email: 'ada@example.org', password });
  await call('users', { email, password, name, role: 'researcher' }, access_token);
}

/** Opens the join form and fills in who signs in where. */
export async function fillSignIn(page: Page, url: string, email: string): Promise<void> {
  await goTo(page, 'Sync');
  await page.getByLabel('Server address').fill(url);
  await page.getByRole('textbox', { name: 'Email' }).fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
}
