/** What the config of a bundle can do, by name. */
import { type ConfigDocument, settingOf } from '../../config/document.ts';
import type { Related } from '../../finding.ts';
import type { Host, KernelHost } from '../../host.ts';
import { abilityOf, type Capability } from '../../profiles/capabilities.ts';
import { type Situation, symbolsOf } from '../../profiles/condition.ts';
import { describe } from '../../profiles/condition-words.ts';
import { builtInCapabilities, knowledgeOf } from '../capabilities.ts';
import { builtInLibrary } from '../library.ts';
import type { Prepared } from '../prepare.ts';
import { symbolSource } from '../rule-symbols.ts';
import type { AbilityOf } from './required.ts';

export function capabilityNames(host: Host): string[] {
  return builtInCapabilities(host).map(({ name }) => name);
}

/** Gives for a config what tells its abilities; what that takes is loaded for the first question. */
export function abilityReader(host: Host, kernelHost: KernelHost, { target: asked, boot }: Prepared) {
  return (document: ConfigDocument): AbilityOf => {
    let situation: Situation | undefined;
    let capabilities: ReadonlyMap<string, Capability> | undefined;
    return (name) => {
      capabilities ??= new Map(builtInCapabilities(host).map((each) => [each.name, each]));
      const capability = capabilities.get(name);
      if (capability === undefined) return undefined;
      situation ??= situationOf(document, { ...document.target, ...asked }, boot, host, kernelHost);
      return {
        state: abilityOf(capability, situation),
        needs: describe(capability.condition, situation),
        related: relatedTo(capability, document),
      };
    };
  };
}

function situationOf(
  document: ConfigDocument,
  target: Situation['target'],
  boot: Situation['boot'],
  host: Host,
  kernelHost: KernelHost,
): Situation {
  const kernel = knowledgeOf(document, target, symbolSource(kernelHost));
  return { document, target, boot, symbols: builtInLibrary(host).symbols, kernel };
}

/** The lines of the config that an ability hangs on. */
function relatedTo({ condition }: Capability, document: ConfigDocument): Related[] {
  return symbolsOf(condition).flatMap(({ symbol }) => {
    const setting = settingOf(document, symbol);
    if (setting.kind === 'absent') return [];
    return [
      {
        location: setting.location,
        message: setting.kind === 'set' ? `CONFIG_${symbol}=${setting.value}` : `CONFIG_${symbol} is off`,
      },
    ];
  });
}
