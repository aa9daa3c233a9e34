/** `fragment`: the settings that a profile asks for on one kernel, as a fragment that olddefconfig keeps. */
import { Exit, type ExitCode, type Host, type KernelHost } from '../../host.ts';
import { visible } from '../../invisible.ts';
import type { ModelFile } from '../../kconfig/index.ts';
import { planFor } from '../../lint.ts';
import { platformLabel } from '../../profiles/profile.ts';
import { baseInWords, nameOf } from '../../project/kernel-view.ts';
import { type LoadLibrary, type Prepared, prepare, projectOptions } from '../../project/prepare.ts';
import { fragmentFor, type LeftOut, type ProfileFragment } from '../../project/profile-fragment.ts';
import { plural } from '../../reporters/reporter.ts';
import { wrap } from '../../reporters/text.ts';
import { parseArch, parseKernelVersion, type Target } from '../../target.ts';
import { findModels, makeArch, orUsage, readBase } from '../layers.ts';
import { flagOption, type RawOptions, textOption } from '../options.ts';
import { reportUsage } from '../usage.ts';

/** Exit code 1 where a row is left out. */
export function runFragment(raw: RawOptions, host: Host, load: LoadLibrary, kernelHost: KernelHost): ExitCode {
  const prepared = prepare(projectOptions(raw), load);
  if (!('library' in prepared)) return reportUsage(prepared, raw, host);
  if (prepared.chosen.length === 0 || raw.files.length > 0) {
    const message = raw.files.length > 0 ? 'fragment takes no file' : 'no profile was named';
    const help = 'kconfig-lint fragment --profile NAME --kernel 6.12 --arch x86_64 --base defconfig';
    return reportUsage([{ message, help }], raw, host);
  }
  const base = readBase(raw, host) ?? { kind: 'none' };
  if (typeof base === 'number') return base;
  if ('message' in base) return reportUsage([base], raw, host);
  const models = findModels(raw, { target: prepared.target }, kernelHost, host);
  if (typeof models === 'number') return models;
  if (!Array.isArray(models)) return reportUsage([models as never], raw, host);
  const [toolchain, arch] = [textOption(raw, 'toolchain'), textOption(raw, 'arch')];
  const code = orUsage(raw, () => {
    const fragment = fragmentFor({
      models,
      base,
      plan: planFor(prepared.chosen, prepared.boot, prepared.bootDenied),
      library: prepared.library,
      severities: new Set(flagOption(raw, 'quiet') ? ['error'] : ['error', 'warning', 'info']),
      target: { ...targetOf(models), ...prepared.target },
      ...(toolchain === undefined ? {} : { toolchain }),
      ...(arch === undefined ? {} : { arch: makeArch(arch, base) }),
    });
    const kernel = `${nameOf(models)}${baseInWords(base)}`;
    host.write(
      textOption(raw, 'format') === 'json' ? asJson(fragment, prepared, kernel) : asText(fragment, prepared, kernel),
    );
    return fragment.leftOut.length > 0 ? Exit.findings : Exit.ok;
  });
  return typeof code === 'number' ? code : reportUsage([code], raw, host);
}

/** What a model that was named by path tells of its kernel. */
function targetOf(models: readonly ModelFile[]): Target {
  const { release = '', arch = '' } = models.at(-1)?.model ?? {};
  const [kernel, parsed] = [parseKernelVersion(release), parseArch(arch)];
  return { ...(kernel === undefined ? {} : { kernel, release }), ...(parsed === undefined ? {} : { arch: parsed }) };
}

function namesOf({ chosen }: Prepared): string {
  return chosen
    .map((each) => {
      const platform = platformLabel(each);
      return platform === undefined ? each.profile.id : `${each.profile.id} (${platform})`;
    })
    .join(', ');
}

const width = 100;
/** Rules named above one line. */
const mostRules = 4;

function asText(
  { lines, leftOut, met, notApplicable, toolchain }: ProfileFragment,
  prepared: Prepared,
  kernel: string,
): string {
  const by = toolchain === undefined ? '' : ` built with ${toolchain}`;
  const { length } = lines;
  let text = `# ${namesOf(prepared)}\n# on ${kernel}${by}: ${plural(length, 'setting')} ${length === 1 ? 'makes' : 'make'} ${plural(met, 'row')} hold; ${notApplicable} do not concern it\n`;
  for (const { line, rules, isDefault } of lines) {
    const more = rules.length > mostRules ? ` and ${rules.length - mostRules} more` : '';
    const names = `${rules.slice(0, mostRules).join(', ')}${more}${isDefault ? ' (so by default)' : ''}`;
    text += `\n# ${visible(names)}\n${visible(line)}\n`;
  }
  return text + leftOutText(leftOut);
}

function leftOutText(leftOut: readonly LeftOut[]): string {
  if (leftOut.length === 0) return '';
  let text = `\n# ${plural(leftOut.length, 'row')} that ${leftOut.length === 1 ? 'is' : 'are'} left out:\n`;
  for (const { rule, severity, message } of leftOut) {
    const said = wrap(visible(`${rule} (${severity}): ${message}`), 2, width);
    text += `${said
      .split('\n')
      .map((part, i) => (i === 0 ? `# - ${part}` : `#   ${part.trimStart()}`))
      .join('\n')}\n`;
  }
  return text;
}

function asJson(fragment: ProfileFragment, { chosen }: Prepared, kernel: string): string {
  const profiles = chosen.map((each) => ({ id: each.profile.id, platform: platformLabel(each) ?? null }));
  return `${JSON.stringify({ schemaVersion: 1, kernel, profiles, ...fragment }, null, 2)}\n`;
}
