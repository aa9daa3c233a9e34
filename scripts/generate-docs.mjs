/** Writes docs/rules/ from the rules and checks themselves, and refreshes the program's output wherever a page shows it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadTs, root } from './load-ts.mjs';
import { loadRules } from './rules.mjs';

const made = '<!-- Made by scripts/generate-docs.mjs. -->\n';

export async function generateDocs() {
  const library = await loadRules();
  const { chooseProfile } = await loadTs('src/profiles/profile.ts');
  const evaluate = await loadTs('src/profiles/evaluate.ts');
  const { limitsOf } = await loadTs('src/project/rows.ts');
  const { checks } = await loadTs('src/checks/index.ts');
  const files = new Map();
  const profiles = [...library.profiles.values()];
  for (const profile of profiles) {
    files.set(`docs/rules/${profile.id}.md`, profilePage(profile, library, { chooseProfile, limitsOf, ...evaluate }));
  }
  files.set('docs/rules/checks.md', checksPage(checks));
  files.set('docs/rules/README.md', indexPage(profiles, checks, library, chooseProfile));
  for (const page of ['README.md', 'docs/guide.md', 'docs/kconfig.md']) {
    const text = readFileSync(join(root, page), 'utf8');
    files.set(page, refresh(text));
  }
  return files;
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ').replaceAll('<', '&lt;');
}

function profilePage(profile, library, { chooseProfile, limitsOf, titleOf, doubtOf }) {
  const { requirements, boot } = chooseProfile(library, profile.id);
  let text = `# ${profile.id}\n\n${made}\n**${profile.title}.** ${profile.description}\n\n`;
  if (profile.platform)
    text += `Versions of ${profile.platform.name}: ${profile.platform.versions.join(', ')} (the last one unless you write \`${profile.id}@VERSION\`).\n\n`;
  if (profile.extends.length > 0)
    text += `Extends ${profile.extends.map((id) => `[${id}](${id}.md)`).join(', ')}; inherited requirements stand on their own pages.\n\n`;
  if (boot.length > 0) text += `Assumes at boot: ${boot.join(', ')} (deny with \`--boot no-FACT\`).\n\n`;
  const own = requirements.filter((row) => row.profile === profile.id);
  text += `${own.length} requirements of its own, ${requirements.length} in all.\n\n`;
  text += '| requirement | severity | asks for | only | why | sources |\n|---|---|---|---|---|---|\n';
  for (const row of own) {
    const { reason, references } = library.textOf(row.id);
    const doubt = doubtOf(row);
    const links = references.map((url, i) => `[${i + 1}](${url})`).join(' ');
    const why = doubt ? `${reason} *(${doubt})*` : reason;
    text += `| \`${row.name}\` | ${row.severity} | ${cell(titleOf(row))} | ${cell(limitsOf(row))} | ${cell(why)} | ${links} |\n`;
  }
  return text;
}

function checksPage(checks) {
  let text = `# Checks of the file itself\n\n${made}\nThese need no profile. Those with a Kconfig beside their examples speak where the kernel is known and a model of it ships. Each example
is run by the tests.\n`;
  const printable = (t) => t.replaceAll('\r', '␍').replaceAll('\u200b', '␣').replaceAll('\ufeff', '␢');
  for (const { info, bad, good } of checks) {
    text += `\n## ${info.id}\n\n${info.title} (${info.severity}). ${info.explanation}\n\n`;
    if (bad.text !== '')
      text += `Found${bad.path ? ` in \`${bad.path}\`` : ''}:\n\n\`\`\`\n${printable(bad.text).replace(/\n$/, '')}\n\`\`\`\n\n`;
    if (bad.kconfig !== undefined)
      text += `by this Kconfig:\n\n\`\`\`kconfig\n${bad.kconfig.replace(/\n$/, '')}\n\`\`\`\n\n`;
    text += `Not found${good.path ? ` in \`${good.path}\`` : ''}:\n\n\`\`\`\n${printable(good.text).replace(/\n$/, '')}\n\`\`\`\n\n`;
    text += `${info.references.map((url) => `<${url}>`).join(' ')}\n`;
  }
  return text;
}

function indexPage(profiles, checks, library, chooseProfile) {
  let text = `# Rules\n\n${made}\n## Profiles\n\n| profile | platform | requirements |\n|---|---|--:|\n`;
  for (const { id, title } of profiles)
    text += `| [${id}](${id}.md) | ${title} | ${chooseProfile(library, id).requirements.length} |\n`;
  text += '\n## Checks\n\n| check | severity | finds |\n|---|---|---|\n';
  for (const { info } of checks) text += `| [${info.id}](checks.md#${info.id}) | ${info.severity} | ${info.title} |\n`;
  return text;
}

/**
 * Behind a line `<!-- $ kconfig-lint … -->` the next code block is what that command prints. A block that comes before it,
 * opened by `<!-- file NAME -->`, is the file NAME for the commands behind it. `| head -N` and `| grep PATTERN` are done here.
 */
function refresh(page) {
  const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-docs-'));
  try {
    for (const [, name, content] of page.matchAll(/<!-- file (\S+) -->\n+```\w*\n([\s\S]*?)```/g)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), content);
    }
    for (const place of ['fixtures/real', 'fixtures/fragments'])
      cpSync(join(root, place), join(folder, place), { recursive: true });
    return page.replace(
      /(<!-- \$ kconfig-lint (.*?)(?: \| grep '(.*?)')?(?: \| head -(\d+))? -->\n+```\w*\n)[\s\S]*?```/g,
      (_, head, args, pattern, lines) => {
        const env = { ...process.env, NO_COLOR: '1', COLUMNS: '100' };
        delete env.NODE_EXTRA_CA_CERTS;
        const { stdout, stderr } = spawnSync(
          process.execPath,
          [join(root, 'dist/kconfig-lint.cjs'), ...args.split(' ')],
          { cwd: folder, env, encoding: 'utf8' },
        );
        const all = (stdout + stderr).trimEnd().split('\n');
        const out = pattern === undefined ? all : all.filter((line) => new RegExp(pattern).test(line));
        const shown = lines === undefined || out.length <= Number(lines) ? out : [...out.slice(0, Number(lines)), '…'];
        return `${head}${shown.join('\n')}\n\`\`\``;
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
