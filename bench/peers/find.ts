/**
 * @file Which peers this machine has, each started with the thread count it is asked for. What is missing is named with its reason.
 */
import { fileURLToPath } from 'node:url';
import { Peer, type PeerCommand } from '../peer.ts';

export interface PeerFound {
  readonly name: string;
  /** Null: skipped. */
  readonly version: string | null;
  readonly reason?: string;
}

const SAME_NETWORKS =
  'PyTorch: the same layers and sizes, Hardtanh with fixed bounds for the activation (strelu also learns its bound), SGD with Nesterov momentum; batch norms folded in inference on both sides';

/** Runs one process per peer and thread count, started when first asked for. */
export class Peers {
  readonly found: PeerFound[] = [];
  readonly notes: string[] = [];
  readonly #running = new Map<string, Peer | null>();
  readonly #wanted: boolean;
  #chosen = false;
  #python = '';

  /** @param wanted false: none is ever started */
  constructor(wanted: boolean) {
    this.#wanted = wanted;
  }

  async torch(threads: number): Promise<Peer | null> {
    await this.#chooseOpenBlas();
    for (const python of ['/usr/bin/python3', 'python3']) {
      const peer = await this.#get(`PyTorch ${threads}`, torchCommand(python, threads, process.env));
      if (!peer) continue;
      this.#python = python;
      if (!this.notes.includes(SAME_NETWORKS)) this.notes.push(SAME_NETWORKS);
      return peer;
    }
    return null;
  }

  /** A PyTorch of its own on one thread, for its memory; the caller closes it. */
  async freshTorch(): Promise<Peer | null> {
    const shared = await this.torch(1);
    return shared && Peer.start(torchCommand(this.#python, 1, process.env));
  }

  jax(): Promise<Peer | null> {
    return this.#get('jax-js', scriptCommand('jax-js', './jax-js'));
  }

  tensorflow(backend: 'cpu' | 'wasm' = 'cpu'): Promise<Peer | null> {
    const name = backend === 'cpu' ? 'TensorFlow.js' : 'TensorFlow.js wasm';
    return this.#get(name, scriptCommand(name, './tensorflow-js', [backend]));
  }

  close(): void {
    for (const peer of this.#running.values()) peer?.close();
    this.#running.clear();
  }

  async #get(key: string, command: PeerCommand): Promise<Peer | null> {
    if (!this.#wanted) return null;
    const id = `${key} ${command.command}`;
    const known = this.#running.get(id);
    if (known !== undefined) return known;
    let peer: Peer | null = null;
    let reason = '';
    try {
      peer = await Peer.start(command);
    } catch (error) {
      reason = (error as Error).message.replace(/^Error: /, '');
    }
    this.#running.set(id, peer);
    this.#note(command.name, peer?.version ?? null, reason);
    return peer;
  }

  #note(name: string, version: string | null, reason: string): void {
    const at = this.found.findIndex((peer) => peer.name === name);
    const entry = version === null ? { name, version, reason } : { name, version };
    if (at < 0) this.found.push(entry);
    else if (version !== null) this.found[at] = entry;
  }

  /**
   * Some machines pin OpenBLAS to an older processor with environment variables. PyTorch gets the faster of the two:
   * the variables are dropped for this process and all it starts when the product is faster without them.
   */
  async #chooseOpenBlas(): Promise<void> {
    const pinned = ['OPENBLAS_CORETYPE', 'OPENBLAS_L2_SIZE'].filter((name) => process.env[name]);
    if (!this.#wanted || pinned.length === 0 || this.#chosen) return;
    this.#chosen = true;
    const free = Object.fromEntries(Object.entries(process.env).filter(([name]) => !pinned.includes(name)));
    const seconds: number[] = [];
    try {
      const both = [];
      for (const env of [process.env, free])
        both.push(await Peer.start(torchCommand('/usr/bin/python3', 1, env)));
      for (let round = 0; round < 4; round++) {
        for (const [i, peer] of both.entries()) {
          seconds[i] = Math.min(seconds[i] ?? Infinity, await peer.run('gemm:1024', 0.3));
        }
      }
      for (const peer of both) peer.close();
    } catch {
      return; // no PyTorch: said when it is asked for
    }
    const [with_, without] = seconds as [number, number];
    const kept = with_ <= without;
    if (!kept) for (const name of pinned) delete process.env[name];
    const rates = [with_, without].map((s) => (2 * 1024 ** 3 * 1e-9) / s);
    this.notes.push(
      `${pinned.join(' and ')} ${pinned.length > 1 ? 'are' : 'is'} set here: PyTorch's 1024 matrix product runs at ${rates[0]!.toFixed(0)} GFLOP/s with, ${rates[1]!.toFixed(0)} without; PyTorch was measured ${kept ? 'with' : 'without'}`,
    );
  }
}

function torchCommand(python: string, threads: number, env: PeerCommand['env']): PeerCommand {
  const script = fileURLToPath(new URL('./torch_kernels.py', import.meta.url));
  const count = String(threads);
  return {
    name: 'PyTorch',
    command: python,
    args: [script, count],
    env: { ...env, OMP_NUM_THREADS: count, OPENBLAS_NUM_THREADS: count },
  };
}

function scriptCommand(name: string, file: string, words: readonly string[] = []): PeerCommand {
  const script = fileURLToPath(
    new URL(`${file}.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
  );
  return { name, command: process.execPath, args: [script, ...words], env: process.env };
}
