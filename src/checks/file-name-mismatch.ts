/** The file's name promises another release or architecture than its header gives. */

import { archOfHeader } from '../config/origin.ts';
import type { RuleInfo } from '../finding.ts';
import { type Check, finding } from './check.ts';

const info: RuleInfo = {
  id: 'file-name-mismatch',
  title: 'File name and header disagree',
  severity: 'warning',
  explanation:
    'Build scripts choose a config by its file name. When the header inside names another release or architecture, the kernel was configured from the wrong file, or the file was renamed and never refreshed.',
  references: ['https://github.com/liquidmetal-dev/image-builder'],
};

export const fileNameMismatch: Check = {
  info,
  bad: { path: 'linux-x86_64-5.10.77.config', text: '# Linux/x86 5.10.76 Kernel Configuration\nCONFIG_X86_64=y\n' },
  good: { path: 'linux-x86_64-5.10.77.config', text: '# Linux/x86 5.10.77 Kernel Configuration\nCONFIG_X86_64=y\n' },
  find: ({ document }) => {
    const { source, origin } = document;
    const { name, header } = origin;
    const said: string[] = [];
    if (header !== undefined && name.release !== undefined && !agree(name.release, header.release)) {
      said.push(`the name says ${name.release}, the header ${header.release}`);
    }
    const arch = origin.symbols?.arch ?? (header?.arch === undefined ? undefined : archOfHeader(header.arch));
    if (name.arch !== undefined && arch !== undefined && name.arch !== arch) {
      said.push(`the name says ${name.arch}, the file is for ${arch}`);
    }
    if (said.length === 0) return [];
    const span = header === undefined ? { start: 0, end: 0 } : { start: header.start, end: header.end };
    return [finding(info, { message: said.join('; '), location: { source, span } })];
  },
};

/**
 * A name may be less exact than a header (`5.10` for 5.10.252). Debian and others name the ABI, not the patch level:
 * `config-6.1.0-18-amd64` holds 6.1.76.
 */
function agree(name: string, header: string): boolean {
  const [major, minor, patch, abi] = /^(\d+)\.(\d+)(?:\.(\d+))?(-\d)?/.exec(name)?.slice(1) ?? [];
  const [ofMajor, ofMinor, ofPatch = '0'] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(header)?.slice(1) ?? [];
  if (major !== ofMajor || minor !== ofMinor) return false;
  return patch === undefined || patch === ofPatch || (patch === '0' && abi !== undefined);
}
