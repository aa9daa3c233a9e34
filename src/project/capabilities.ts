/** The abilities that ship with the program, and what is known of a kernel that a config is for without resolving it. */
import type { ConfigDocument } from '../config/document.ts';
import type { Host } from '../host.ts';
import type { Capability } from '../profiles/capabilities.ts';
import type { KernelKnowledge } from '../profiles/condition.ts';
import type { Target } from '../target.ts';
import type { SymbolSource } from './rule-symbols.ts';

/** Made by the bundle from rules/capabilities. */
export function builtInCapabilities(host: Host): readonly Capability[] {
  return JSON.parse(host.asset('capabilities.json')) as Capability[];
}

/** Which symbols the kernel of a document has, as far as the shipped models of its series, or of those around it, tell. */
export function knowledgeOf(
  document: ConfigDocument,
  { kernel, arch }: Target,
  { places, has }: SymbolSource,
): KernelKnowledge | undefined {
  const { release } = document.target;
  // A kernel with changes of its own may have what no model has.
  if (kernel === undefined || (release !== undefined && !/^\d+\.\d+(?:\.\d+)?(?:-rc\d+)?$/.test(release)))
    return undefined;
  const series = Math.floor(kernel / 1e3) * 1e3;
  const own = places.filter((place) => place.arch === arch).sort((a, b) => a.kernel - b.kernel);
  const below = own.filter((place) => place.kernel <= series).at(-1);
  const above = own.find((place) => place.kernel >= series);
  if (below === undefined || above === undefined) return undefined;
  return {
    name: 'this kernel',
    defines: (symbol) => {
      const found = [has(symbol, below), has(symbol, above)];
      return found.every((each) => each) ? 'yes' : found.includes(true) ? 'maybe' : 'no';
    },
    adviceFor: () => undefined,
  };
}
