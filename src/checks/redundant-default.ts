/** Settings that the kernel comes to without them. */
import { settingOf } from '../config/document.ts';
import type { RuleInfo } from '../finding.ts';
import { type Check, finding } from './check.ts';

const info: RuleInfo = {
  id: 'redundant-default',
  title: 'The kernel comes to this anyway',
  severity: 'info',
  explanation:
    'Without this line the config comes out the same on this base and kernel. Such lines are what savedefconfig leaves out; keep those that are meant as a pledge against a changed default.',
  references: ['https://docs.kernel.org/kbuild/kconfig.html'],
};

const kconfig = 'config NET\n\tbool "Networking"\n\tdefault y\n\nconfig INET\n\tbool "TCP/IP"\n\tdepends on NET\n';

export const redundantDefault: Check = {
  info,
  bad: { text: 'CONFIG_NET=y\nCONFIG_INET=y\n', kconfig },
  good: { text: 'CONFIG_INET=y\n', kconfig },
  find: ({ document, kernel }) =>
    (kernel?.redundant ?? []).flatMap((symbol) => {
      const setting = settingOf(document, symbol);
      if (setting.kind === 'absent') return [];
      const { location } = setting;
      const value = setting.kind === 'set' ? `=${setting.value}` : ' off';
      return [
        finding(info, {
          symbol,
          message: `CONFIG_${symbol}${value} is what this kernel comes to without the line`,
          location,
          cause: 'redundant-default settings',
          causeTitle: (count) => `${count} settings are what this kernel comes to without them`,
        }),
      ];
    }),
};
