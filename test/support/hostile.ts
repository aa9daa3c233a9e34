/** A report of which every string that comes from an input or a rule file tries to break out. */
import type { Finding, InputFailure, Report } from '../../src/finding.ts';
import { createSource } from '../../src/source.ts';

/** Markup, quotes, controls, direction marks, XML's forbidden characters, workflow commands, and what ends a script or a comment. */
export const hostileText =
  '</script><script>alert(1)</script><img src=x onerror=alert(1)>"\'`&amp;]]>--><!--\u0000\u0007\u001b[31m\u202egnp\u2066\ufffe\uffff\ud800\n::error::x\r{{7*7}}';

export const hostilePath = `dir/${hostileText}/x.config`;

const source = createSource(hostilePath, `CONFIG_A="${hostileText.replaceAll('\n', ' ')}"\nCONFIG_B=y\n`);
const location = { source, span: { start: 0, end: 9 } };

export const hostileFinding: Finding = {
  rule: {
    id: `p${hostileText}/r`,
    title: hostileText,
    severity: 'error',
    explanation: hostileText,
    references: ['javascript:alert(1)', `https://x.org/"><script>alert(1)</script>`, 'https://x.org/a b'],
  },
  severity: 'error',
  symbol: 'A',
  message: hostileText,
  expected: hostileText,
  actual: hostileText,
  location,
  related: [{ location, message: hostileText }],
  cause: hostileText,
  causeTitle: () => hostileText,
  sameAs: [{ id: hostileText, title: hostileText, severity: 'error', explanation: hostileText, references: [] }],
  advice: [`CONFIG_A="${hostileText}"`],
  fix: { title: hostileText, edits: [{ location, newText: hostileText }] },
};

export const hostileReport: Report = {
  source,
  kind: 'complete',
  kindBecause: hostileText,
  symbols: 2,
  target: { release: hostileText, kernelFrom: hostileText, flavour: hostileText },
  kconfig: { name: hostileText, base: hostileText },
  findings: [hostileFinding, { ...hostileFinding, severity: 'warning' }, { ...hostileFinding, severity: 'info' }],
  unknowns: [{ rule: hostileFinding.rule, expected: hostileText, reason: hostileText, missing: [hostileText] }],
  notApplicable: [{ rule: hostileFinding.rule, reason: hostileText }],
  scores: [
    {
      profile: hostileText,
      title: hostileText,
      platform: hostileText,
      met: 1,
      unmet: 1,
      errors: 1,
      warnings: 1,
      unknown: 1,
      notApplicable: 1,
    },
  ],
  counts: { error: 1, warning: 1, info: 1, unknown: 1, notApplicable: 1 },
};

export const hostileFailure: InputFailure = {
  path: hostilePath,
  code: hostileText,
  message: hostileText,
  help: hostileText,
};

/** Characters that must reach nobody as they are. */
export const unsafeCharacters =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/;
