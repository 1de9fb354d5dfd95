import { setPasswordCost } from '#server/auth/passwords.ts';

/** `populate` creates and signs in five people: with the usual cost that takes longer than most tests. */
setPasswordCost({ memoryCost: 256, timeCost: 1, parallelism: 1 });
