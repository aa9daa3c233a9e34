/** Opens the HTML reports in a real Chromium: they filter, copy, print, hold for a screen reader, and ask nobody for anything. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import {
  checkAccess,
  checkCells,
  checkFilters,
  checkFix,
  checkKeyboard,
  checkMarkup,
  checkSilence,
} from './browser-page.mjs';
import { root } from './load-ts.mjs';
import { createTally, installPackages } from './tally.mjs';

const { expect, skip, end } = createTally();
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-browser-'));
/** Where pictures are kept for people to look at; nowhere without it. */
const pictures = process.env.KCONFIG_LINT_PICTURES;

/** The browser of this machine; on Debian, root gets it where it is not there. */
function findBrowser() {
  const named = process.env.CHROMIUM;
  const known = [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const present = () => known.find((path) => path && existsSync(path));
  if (present() === undefined) installPackages(['chromium', 'fonts-dejavu-core']);
  return present();
}

function report(name, ...args) {
  const env = { ...process.env };
  delete env.NODE_EXTRA_CA_CERTS;
  const { stdout } = spawnSync(process.execPath, [join(root, 'dist/kconfig-lint.cjs'), ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const path = join(folder, name);
  writeFileSync(path, stdout);
  return pathToFileURL(path).href;
}

const hostile = '<img src=x onerror=alert(1)>\u202e"\'`&.config';

function writeConfigs() {
  const real = readFileSync(join(root, 'fixtures/real/linux-x86_64-6.12.config'));
  mkdirSync(join(folder, 'configs'));
  writeFileSync(join(folder, 'configs/complete.config'), real);
  writeFileSync(
    join(folder, 'configs/zone.config'),
    '# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n# CONFIG_XEN is not set\nCONFIG_MEMCG = y\n',
  );
  writeFileSync(
    join(folder, 'configs', hostile),
    'CONFIG_X86_64=y\nCONFIG_A="</script><script>alert(1)</script>" x\nCONFIG_B = "\u202e"\n',
  );
}

const profiles = ['krata-zone', 'firecracker-guest', 'kubernetes-node', 'docker-engine', 'hardening-kernel'];
const chosen = profiles.flatMap((name) => ['-p', name]);

/** Opens a page and notes whatever it complains about or asks for. */
async function open(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const noise = [];
  const requests = [];
  page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => noise.push(error.message));
  page.on('dialog', (dialog) => {
    noise.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, context, noise, requests };
}

async function picture(page, name, fullPage = true) {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage });
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What an accessibility checker finds; it is put in by the debugger, which the policy of the page does not bind. */
async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() =>
    globalThis.axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 2)
        .map(({ html, failureSummary }) => `${html.slice(0, 150)} ${failureSummary?.split('\n')[1] ?? ''}`)
        .join(' | ')}`,
  );
}

async function checkReport(browser, url) {
  const session = { ...(await open(browser, url)), url };
  const parts = [checkMarkup, checkKeyboard, checkFilters, checkCells, checkFix, checkAccess, checkSilence];
  for (const part of parts) await part(session, { expect, violations, picture });
  await session.context.close();
}

/** Layout at both ends, in both schemes: nothing sticks out, nothing is too pale. */
async function checkLooks(browser, name, url) {
  for (const [width, colorScheme] of [
    [360, 'light'],
    [360, 'dark'],
    [1600, 'light'],
    [1600, 'dark'],
  ]) {
    const { page, context } = await open(browser, url, { viewport: { width, height: 900 }, colorScheme });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(`${name} fits ${width} px (${colorScheme})`, wide <= width, String(wide));
    const found = (await violations(page)).filter((each) => /contrast|target-size|scrollable/.test(each));
    expect(`${name} is readable at ${width} px (${colorScheme})`, found.length === 0, found.join('\n'));
    await picture(page, `${name}-${width}-${colorScheme}`);
    await context.close();
  }
}

async function checkWithoutScript(browser, url) {
  const { page, context } = await open(browser, url, { javaScriptEnabled: false });
  expect(
    'without scripts everything is there and no dead button',
    (await page.locator('.finding').count()) > 50 && (await page.locator('button:visible').count()) === 0,
  );
  const finding = page.locator('.finding').first();
  await finding.locator('summary').click();
  expect('and findings open', await finding.locator('.body').isVisible());
  await context.close();
}

async function checkLink(browser, url) {
  const { page, context } = await open(browser, `${url}#f1-2`);
  expect('a link to a finding opens it', await page.locator('#f1-2').evaluate((element) => element.open));
  await context.close();
}

async function checkManyFiles(browser) {
  mkdirSync(join(folder, 'many'));
  const config = readFileSync(join(root, 'fixtures/profiles/krata-zone/fails.config'));
  for (let i = 0; i < 1500; i++) writeFileSync(join(folder, `many/${i}.config`), config);
  const path = report('many.html', 'many', ...chosen, '--kconfig', 'off', '-f', 'html');
  const text = readFileSync(new URL(path), 'utf8');
  expect(
    '1,500 files make a page of bounded size that says what it left out',
    text.length < 16e6 && text.includes('This page has no room for all of it'),
    String(text.length),
  );
  const before = Date.now();
  const { page, context, noise } = await open(browser, path);
  await page.locator('#text').fill('XEN');
  await page.waitForFunction(() => document.getElementById('shown').textContent.includes(' of '), undefined, {
    timeout: 60_000,
  });
  expect('it still opens and filters', noise.length === 0 && Date.now() - before < 60_000, `${Date.now() - before} ms`);
  await context.close();
}

async function checkMatrix(browser, html, svg) {
  const { page, context, noise, requests } = await open(browser, html);
  const found = await violations(page);
  expect('the matrix page holds for an accessibility checker', found.length === 0, found.join('\n'));
  expect(
    'and is quiet',
    noise.length === 0 && requests.filter((each) => !each.startsWith('data:')).length === 1,
    noise.join(),
  );
  await context.close();
  const drawn = await open(browser, svg);
  const box = await drawn.page.evaluate(() => {
    const { width } = document.documentElement.viewBox.baseVal;
    const right = Math.max(...[...document.querySelectorAll('text')].map((text) => text.getBoundingClientRect().right));
    return { width, right, name: document.title || document.querySelector('title').textContent };
  });
  expect('the SVG holds all its text', box.right <= box.width && box.name !== '', JSON.stringify(box));
  await picture(drawn.page, 'matrix-svg', false);
  await drawn.context.close();
}

const executablePath = findBrowser();
if (executablePath === undefined) {
  skip('no Chromium on this machine, and none to be had (apt-get install chromium, or name one with CHROMIUM)');
} else {
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    console.log(`Chromium ${browser.version()}`);
    writeConfigs();
    const page = report('report.html', 'configs', ...chosen, '-f', 'html');
    const matrix = report('matrix.html', 'matrix', 'configs', '-f', 'html');
    await checkReport(browser, page);
    await checkLooks(browser, 'report', page);
    await checkLooks(browser, 'matrix', matrix);
    await checkWithoutScript(browser, page);
    await checkLink(browser, page);
    await checkManyFiles(browser);
    await checkMatrix(browser, matrix, report('matrix.svg', 'matrix', 'configs', ...chosen, '-f', 'svg'));
  } catch (error) {
    expect('the check runs to its end', false, error.stack);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
end();
