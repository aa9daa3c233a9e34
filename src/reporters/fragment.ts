/** What to type, all of it: the lines that the findings ask for, as a config fragment. */
import type { Report } from '../finding.ts';
import { visible } from '../invisible.ts';
import { asItIs, inParts, type Reporter } from './reporter.ts';

export function fragmentReporter(): Reporter {
  return inParts(fragmentText, asItIs, {
    failure: ({ path, message, help }) => `# Not checked: ${visible(path)}: ${visible(message)}; ${visible(help)}\n`,
    end: () => '',
  });
}

const setting = /^(?:CONFIG_\w+=|# CONFIG_\w+ is not set$)/;

function fragmentText(report: Report): string {
  const said = new Set<string>();
  let text = '';
  for (const { advice, rule } of report.findings) {
    // Not what is to be typed elsewhere, such as a waiver: it would hide what the fragment is merged onto.
    const lines = advice.filter((line) => setting.test(line) && !said.has(line));
    if (lines.length === 0) continue;
    text += `# ${visible(rule.id)}: ${visible(rule.title)}\n`;
    for (const line of lines) {
      said.add(line);
      text += `${visible(line)}\n`;
    }
  }
  return text === '' ? '' : `# For ${visible(report.source.path)}; merge it, then run "make olddefconfig".\n${text}`;
}
