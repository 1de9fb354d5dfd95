/** A variable of the environment. An empty one counts as unset: workflows pass a missing secret as an empty one. */
export function variable(name: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  const value = env[name];
  return value === '' ? undefined : value;
}
