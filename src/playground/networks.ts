/**
 * @file The networks that lie beside the page: the small one of the embedded digits always, larger ones where the server has them.
 */

export interface Listed {
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  readonly dataset: string;
  /** Percent of its test images. */
  readonly accuracy: number;
  /** Whether test images of its data set lie here too. */
  readonly samples?: boolean;
}

/** Images of a data set of this machine, to learn from. */
export interface ListedData {
  readonly name: string;
  readonly file: string;
  readonly train: number;
  readonly test: number;
}

const FOLDER = 'networks';

/** What lies beside the page. */
export interface Offered {
  readonly networks: readonly Listed[];
  readonly datasets: readonly ListedData[];
}

/** @throws Error when the list cannot be read */
export async function listOffered(): Promise<Offered> {
  const response = await fetch(`${FOLDER}/index.json`);
  if (!response.ok)
    throw new Error(`${FOLDER}/index.json: expected a list of networks, found status ${response.status}`);
  const { networks, datasets = [] } = (await response.json()) as {
    networks: Listed[];
    datasets?: ListedData[];
  };
  return { networks, datasets };
}

/**
 * The bytes of a network.
 * @param onProgress share that has come, 0 to 1
 * @throws Error when it cannot be read
 */
export const fetchNetwork = (file: string, onProgress: (share: number) => void): Promise<Uint8Array> =>
  fetchWhole(`${FOLDER}/${file}`, onProgress);

/** The bytes of a file beside the page. */
export async function fetchWhole(file: string, onProgress: (share: number) => void): Promise<Uint8Array> {
  const response = await fetch(file);
  if (!response.ok || !response.body)
    throw new Error(`${file}: expected it beside the page, found status ${response.status}`);
  const total = Number(response.headers.get('Content-Length') ?? 0);
  const parts: Uint8Array[] = [];
  let received = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    received += value.length;
    if (total > 0) onProgress(received / total);
  }
  const whole = new Uint8Array(received);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
