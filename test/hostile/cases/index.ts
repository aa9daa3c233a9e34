/** Every family of hostile cases. */
import type { HostileCase } from '../hostile-case.ts';
import { archiveCases } from './archives.ts';
import { cmdlineCases } from './cmdlines.ts';
import { configCases } from './configs.ts';
import { fileCases } from './files.ts';
import { imageCases } from './images.ts';
import { injectionCases } from './injection.ts';
import { kconfigCases } from './kconfig.ts';
import { manifestCases } from './manifests.ts';
import { optionCases } from './options.ts';
import { outputCases } from './outputs.ts';
import { packedCases } from './packed.ts';
import { profileCases } from './profiles.ts';
import { projectCases } from './projects.ts';

export const families: readonly { readonly name: string; readonly cases: readonly HostileCase[] }[] = [
  { name: 'configs', cases: configCases },
  { name: 'packed', cases: packedCases },
  { name: 'images', cases: imageCases },
  { name: 'archives', cases: archiveCases },
  { name: 'profiles', cases: profileCases },
  { name: 'projects', cases: projectCases },
  { name: 'manifests', cases: manifestCases },
  { name: 'cmdlines', cases: cmdlineCases },
  { name: 'kconfig', cases: kconfigCases },
  { name: 'files', cases: fileCases },
  { name: 'options', cases: optionCases },
  { name: 'injection', cases: injectionCases },
  { name: 'outputs', cases: outputCases },
];
