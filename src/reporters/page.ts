/** The frame of every HTML page: no address but its own, a policy that forbids all else, nothing that is not in the file. */
import { script, scriptHash, style, styleHash } from './page.generated.ts';
import { homepage } from './reporter.ts';
import { escapeXml } from './xml.ts';

export interface Page {
  readonly title: string;
  /** HTML, escaped. */
  readonly body: string;
  /** Version of this program. */
  readonly version: string;
  readonly isInteractive: boolean;
}

export function pageHtml({ title, body, version, isInteractive }: Page): string {
  const scripts = isInteractive ? `'${scriptHash}'` : "'none'";
  const policy = `default-src 'none'; style-src '${styleHash}'; script-src ${scripts}; img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="kconfig-lint ${escapeXml(version)}">
<title>${escapeXml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${body}
<footer><div class="wrap">Made by <a href="${homepage}" rel="noopener noreferrer">kconfig-lint</a> ${escapeXml(version)}. This page holds all that it shows and asks nobody.</div></footer>
${isInteractive ? `<script>${script}</script>\n` : ''}</body>
</html>
`;
}
