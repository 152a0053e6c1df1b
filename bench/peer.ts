/**
 * @file A peer: a process that is started once, kept alive, and told by lines what to time.
 * `run CASE SECONDS` is answered by `seconds X`, `memory` by `bytes N`, `forget` by `ok`; `error TEXT` if it cannot.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Side } from './interleave.ts';

export interface PeerCommand {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

export class Peer {
  readonly name: string;
  readonly version: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  #ended = false;

  private constructor(
    name: string,
    version: string,
    child: ChildProcessWithoutNullStreams,
    lines: AsyncIterator<string>,
  ) {
    this.name = name;
    this.version = version;
    this.#child = child;
    this.#lines = lines;
  }

  /** @throws Error with the reason in one line when the peer cannot be had. */
  static async start({ name, command, args, env }: PeerCommand): Promise<Peer> {
    const child = spawn(command, args, { env: { ...env }, stdio: 'pipe' });
    let complaint = '';
    child.stderr.on('data', (data: Buffer) => {
      complaint = (complaint + data.toString()).slice(-2000);
    });
    const failed = new Promise<never>((_, reject) => child.on('error', reject));
    failed.catch(() => {});
    child.stdin.on('error', () => {}); // of a peer that died: its output ends too, and that is what is reported
    const closed = new Promise((resolve) => child.once('close', resolve));
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const first = await Promise.race([lines.next(), failed]);
    const line: string = first.done ? '' : first.value;
    if (!line.startsWith('ready ')) {
      child.kill();
      await closed;
      throw new Error(line.replace(/^error /, '') || summary(complaint));
    }
    return new Peer(name, line.slice('ready '.length), child, lines);
  }

  /** Seconds of one call of a case, measured for about `seconds`. */
  run(what: string, seconds: number): Promise<number> {
    return this.#ask(`run ${what} ${seconds}`, 'seconds');
  }

  /** Peak resident set, bytes. */
  memory(): Promise<number> {
    return this.#ask('memory', 'bytes');
  }

  /** Drops what earlier cases hold. */
  async forget(): Promise<void> {
    if (!this.#ended) await this.#ask('forget', 'ok');
  }

  close(): void {
    this.#child.kill();
  }

  async #ask(line: string, answer: string): Promise<number> {
    this.#child.stdin.write(`${line}\n`);
    const { value, done } = await this.#lines.next();
    this.#ended = done === true;
    const [word, ...rest] = done ? ['error', 'ended'] : value.split(' ');
    if (word !== answer) throw new Error(`${this.name}, ${line}: ${rest.join(' ')}`);
    return Number(rest[0] ?? 0);
  }
}

export const peerSide = (name: string, peer: Peer, what: string): Side => ({
  name,
  optional: true,
  measure: (seconds) => peer.run(what, seconds),
});

/** The line of a stack trace that says what went wrong, or the last one. */
function summary(complaint: string): string {
  const lines = complaint.trim().split('\n');
  return lines.find((line) => /^\w*(Error|Exception)\b/.test(line)) ?? (lines.at(-1) || 'ended at once');
}
