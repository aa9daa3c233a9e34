/** Opens the HTML reports in a real Chromium: they filter, copy, print, hold for a screen reader, and ask nobody for anything. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { root } from './load-ts.mjs';

let passed = 0;
let failed = 0;
const folder = mkdtempSync(join(tmpdir(), 'kconfig-lint-browser-'));
/** Where pictures are kept for people to look at; nowhere without it. */
const pictures = process.env.KCONFIG_LINT_PICTURES;

function expect(what, holds, detail = '') {
  if (holds) passed++;
  else failed++;
  console.log(`${holds ? 'ok' : 'FAILED'}: ${what}${holds ? '' : ` ${detail}`}`);
}

/** The browser of this machine; on Debian, root gets it where it is not there. */
function findBrowser() {
  const named = process.env.CHROMIUM;
  const known = [named, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const present = () => known.find((path) => path && existsSync(path));
  if (present() === undefined && process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('installing chromium …');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' });
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'], {
      env,
      stdio: 'ignore',
    });
  }
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

/** The filter waits for the last key before it works. */
const settled = (page) => page.waitForTimeout(200);

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
  const { page, context, noise, requests } = await open(browser, url);
  const shown = () => page.locator('.finding:visible').count();
  const all = await page.locator('.finding').count();
  expect(
    'the page has findings and a picture of all configs',
    all > 50 && (await page.locator('.matrix tbody tr').count()) === 3,
  );
  expect(
    'it is of no kind but its own: no element came in with a name or a value',
    (await page.locator('img, .matrix script, main script').count()) === 0,
  );
  expect(
    'a hostile name is shown as text',
    (await page.locator('h3', { hasText: '<img src=x onerror=alert(1)>\\u{202E}' }).count()) === 1,
  );
  expect(
    'nothing is said twice with one id',
    await page.evaluate(
      () =>
        new Set([...document.querySelectorAll('[id]')].map(({ id }) => id)).size ===
        document.querySelectorAll('[id]').length,
    ),
  );
  expect(
    'every link within the page leads somewhere',
    await page.evaluate(() =>
      [...document.querySelectorAll('a[href^="#"]')].every((a) =>
        document.getElementById(a.getAttribute('href').slice(1)),
      ),
    ),
  );

  // Everything by keyboard alone.
  await page.keyboard.press('Tab');
  expect(
    'the first stop is a way past the head',
    (await page.evaluate(() => document.activeElement.className)) === 'skip',
  );
  await page.keyboard.press('Enter');
  expect('it leads to the findings', page.url().endsWith('#findings-title'));
  await page.locator('#text').focus();
  await page.keyboard.type('XEN_PVH');
  await settled(page);
  const visibleTexts = await page.locator('.finding:visible').allTextContents();
  expect(
    'text filters',
    visibleTexts.length > 0 && visibleTexts.length < all && visibleTexts.every((text) => text.includes('XEN_PVH')),
    String(visibleTexts.length),
  );
  await page.keyboard.press('Escape');
  await settled(page);
  expect('Escape shows all again', (await page.locator('#shown').textContent()) === `All ${all} findings shown`);

  await page.locator('input[value="warning"]').uncheck();
  await page.locator('input[value="info"]').uncheck();
  await settled(page);
  expect(
    'severity filters',
    await page.evaluate(() =>
      [...document.querySelectorAll('.finding')].every((each) => each.hidden === (each.dataset.severity !== 'error')),
    ),
  );
  await page.locator('button[type="reset"]').click();
  await settled(page);
  expect('clearing brings them back', (await page.locator('.finding[hidden]').count()) === 0);

  const second = await page.locator('#file option').nth(1).getAttribute('value');
  await page.selectOption('#file', second);
  await page.waitForFunction(() => document.querySelectorAll('.file:not([hidden])').length === 1);
  expect('the file filters', (await page.locator('.file:visible').getAttribute('id')) === second);
  await page.selectOption('#file', '');
  await settled(page);
  await page.selectOption('#profile', { label: 'krata-zone' });
  await settled(page);
  const asked = await page.evaluate(() =>
    [...document.querySelectorAll('.finding:not([hidden])')].map((each) => each.dataset.profiles.split(' ')),
  );
  expect(
    'the profile filters',
    asked.length > 0 && asked.length < all && asked.every((each) => each.includes('0')),
    String(asked.length),
  );
  await page.locator('button[type="reset"]').click();
  await settled(page);

  await page.locator('#text').fill('qwzx nothing');
  await page.waitForFunction(() => !document.getElementById('nothing').hidden);
  expect('a filter that nothing fits says so', (await shown()) === 0);
  await page.locator('#text').fill('');
  await page.waitForFunction(() => document.getElementById('nothing').hidden);

  // From the picture to the findings of one cell.
  const cell = page.locator('.matrix a.cell.error[data-profile="krata-zone"]').first();
  const target = await cell.getAttribute('data-file');
  await cell.focus();
  await page.keyboard.press('Enter');
  await page.waitForFunction((id) => location.hash === `#${id}`, target);
  expect(
    'a cell leads to its findings',
    (await page.locator('.file:visible').count()) === 1 && (await page.locator('#profile').inputValue()) === '0',
  );
  await page.locator('button[type="reset"]').click();
  await settled(page);

  const finding = page.locator('.finding', { has: page.locator('.fix') }).first();
  await finding.locator('summary').focus();
  await page.keyboard.press('Enter');
  expect('a finding opens by keyboard', await finding.evaluate((element) => element.open));
  const body = finding.locator('.body');
  expect(
    'it has its reason, its fix and its source',
    (await body.locator('p').count()) > 0 &&
      (await body.locator('.fix').isVisible()) &&
      (await body.locator('.facts a[href^="https:"]').count()) > 0,
  );
  const fix = await finding.locator('.fix pre').textContent();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await finding.locator('button[data-copy]').click();
  await page.waitForFunction(() => document.getElementById('said').textContent.startsWith('Copied'));
  expect('its fix is copied, and that is said', (await page.evaluate(() => navigator.clipboard.readText())) === fix);
  const whole = page.locator('.file').first();
  await whole.locator('button[data-copy="all"]').click();
  await page.waitForTimeout(200);
  const lines = new Set(
    (await whole.locator('.fix pre').allTextContents()).flatMap((text) => text.trimEnd().split('\n')),
  );
  expect(
    'every fix of a file is copied, each line once',
    (await page.evaluate(() => navigator.clipboard.readText())) === [...lines].map((line) => `${line}\n`).join(''),
  );
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
  });
  await finding.locator('button[data-copy]').click();
  await page.waitForTimeout(100);
  expect(
    'where the clipboard is kept from it, it copies by selection',
    ['Copied', 'Press Ctrl+C'].includes(await finding.locator('button[data-copy]').textContent()),
  );

  const found = [...(await violations(page))];
  await page.locator('#open-all').click();
  found.push(...(await violations(page)));
  expect('an accessibility checker finds nothing, closed and open', found.length === 0, found.join('\n'));
  await page.locator('#close-all').click();
  expect('all findings close at once', (await page.locator('.finding[open]').count()) === 0);

  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(
    'on paper every finding is open and the tools are gone',
    (await page.locator('.finding:not([open])').count()) === 0 &&
      !(await page.locator('#filter').isVisible()) &&
      !(await page.locator('button').first().isVisible()),
  );
  await picture(page, 'report-print');
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect('afterwards they are as they were', (await page.locator('.finding[open]').count()) === 0);
  await page.emulateMedia({ media: 'screen' });

  expect('it wrote nothing to the console and opened no dialog', noise.length === 0, noise.join('\n'));
  expect(
    'it asked for nothing but itself',
    requests.filter((each) => !each.startsWith('data:')).join() === url,
    requests.join(),
  );
  const blocked = await page.evaluate(async () => {
    const image = new Image();
    const stopped = new Promise((resolve) => document.addEventListener('securitypolicyviolation', () => resolve(true)));
    image.src = 'http://127.0.0.1:9/x.png';
    return Promise.race([stopped, new Promise((resolve) => setTimeout(() => resolve(false), 3000))]);
  });
  expect('its policy stops what a page might still ask for', blocked);
  await context.close();
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
  console.log(
    'SKIPPED: no Chromium on this machine, and none to be had (apt-get install chromium, or name one with CHROMIUM)',
  );
  console.log('0 passed, 0 failed, 1 skipped');
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
  console.log(`${passed} passed, ${failed} failed`);
}
process.exitCode = failed > 0 ? 1 : 0;
