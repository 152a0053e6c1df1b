import type { Kernels } from './kernels.ts';
import type { Profile } from './profile.ts';

/**
 * The same kernels, with the time of every call in `profile`. Results are the same.
 * @example
 * const profile = createProfile();
 * const { heap, team } = runtime;
 * const timed = { ...runtime, kernels: profiledKernels(runtime.kernels, profile) };
 * const tape = Tape.on(timed);
 * tape.array([1, 2]).add(1);
 * profile.rows().map(({ kernel }) => kernel); // ['map']
 */
export function profiledKernels(
  kernels: Kernels,
  profile: Profile,
  now: () => number = () => performance.now(),
): Kernels {
  const timed = Object.entries(kernels).map(([name, kernel]) => {
    if (typeof kernel !== 'function') return [name, kernel];
    const call = (...args: unknown[]): unknown => {
      const start = now();
      try {
        return (kernel as (...args: unknown[]) => unknown)(...args);
      } finally {
        profile.add(name, (now() - start) / 1000);
      }
    };
    return [name, call];
  });
  return { ...(Object.fromEntries(timed) as Kernels), profile };
}
