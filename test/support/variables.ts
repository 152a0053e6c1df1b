/** @file Variables of the environment, set for one test. */
import process from 'node:process';
import { KEY } from './s3-server.ts';

type Values = Readonly<Record<string, string | undefined>>;

/** Undefined: taken away. Afterwards all are as they were. */
export async function withVariables(variables: Values, use: () => Promise<void>): Promise<void> {
  const before = { ...process.env };
  const set = (values: Values): void => {
    for (const name of Object.keys(variables))
      if (values[name] === undefined) delete process.env[name];
      else process.env[name] = values[name];
  };
  set(variables);
  try {
    await use();
  } finally {
    set(before);
  }
}

/** Those that lead to the loopback's S3. */
export const s3Variables = (url: string): Record<string, string | undefined> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ENDPOINT_URL_S3: undefined,
  AWS_ACCESS_KEY_ID: KEY.id,
  AWS_SECRET_ACCESS_KEY: KEY.secret,
  AWS_REGION: KEY.region,
  AWS_SESSION_TOKEN: undefined,
});
