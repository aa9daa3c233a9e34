/** What the page of a report is put through in a browser, part by part. */

/** The filter waits for the last key before it works. */
const settled = (page) => page.waitForTimeout(200);

export async function checkMarkup({ page }, { expect }) {
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
}

/** Everything by keyboard alone. */
export async function checkKeyboard({ page }, { expect }) {
  const all = await page.locator('.finding').count();
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
}

export async function checkFilters({ page }, { expect }) {
  const all = await page.locator('.finding').count();
  const shown = () => page.locator('.finding:visible').count();
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
}

/** From the picture to the findings of one cell. */
export async function checkCells({ page }, { expect }) {
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
}

export async function checkFix({ page, context }, { expect }) {
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
}

/** For a screen reader, and on paper. */
export async function checkAccess({ page }, { expect, violations, picture }) {
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
}

/** It asks nobody, and could not if it wanted to. */
export async function checkSilence({ page, noise, requests, url }, { expect }) {
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
}
