/** What a report page can do beyond being read: filter, copy a fix, follow links into closed findings, open all for the printer. */
(() => {
  const form = document.getElementById('filter');
  if (form === null) return;
  const { text, profile, file } = form.elements;
  const severities = [...form.querySelectorAll('[name="severity"]')];
  const shown = document.getElementById('shown');
  const nothing = document.getElementById('nothing');
  const files = [...document.querySelectorAll('.file')];
  const items = [...document.querySelectorAll('[data-severity]')].map((element) => ({
    element,
    severity: element.dataset.severity,
    profiles: element.dataset.profiles === '*' ? '*' : new Set((element.dataset.profiles ?? '').split(' ')),
    file: element.closest('.file')?.id,
    words: undefined,
  }));

  form.hidden = false;
  form.parentElement.classList.add('with-filter');
  for (const tool of document.querySelectorAll('.needs-script')) tool.hidden = false;

  const wordsOf = (item) => {
    const own = item.element.closest('.file')?.querySelector('h3')?.textContent ?? '';
    item.words ??= `${own} ${item.element.textContent}`.toLowerCase();
    return item.words;
  };

  function apply() {
    const wanted = new Set(severities.filter(({ checked }) => checked).map(({ value }) => value));
    const words = text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const isNarrow = words.length > 0 || profile.value !== '' || file?.value;
    const fits = (item) =>
      wanted.has(item.severity) &&
      (profile.value === '' ||
        (profile.value === '-' ? item.profiles === '*' : item.profiles !== '*' && item.profiles.has(profile.value))) &&
      (!file?.value || item.file === file.value) &&
      words.every((word) => wordsOf(item).includes(word));
    let findings = 0;
    let all = 0;
    for (const item of items) {
      const isIn = fits(item);
      item.element.hidden = !isIn;
      if (item.severity === 'unknown') continue;
      all++;
      if (isIn) findings++;
    }
    for (const more of document.querySelectorAll('.more')) {
      more.hidden = more.querySelector('[data-severity]:not([hidden])') === null;
      // What follows from a finding that is filtered away must still be found.
      const head = more.parentElement.querySelector(':scope > .finding');
      if (!more.hidden && head?.hidden && !more.classList.contains('unknowns')) more.open = true;
    }
    for (const group of document.querySelectorAll('.group')) {
      group.hidden = group.querySelector('.finding:not([hidden])') === null;
    }
    for (const list of document.querySelectorAll('.group-list')) {
      list.hidden = list.querySelector('.group:not([hidden])') === null;
    }
    let any = false;
    for (const each of files) {
      const isEmpty = each.querySelector('[data-severity]:not([hidden])') === null;
      const isClean = each.querySelector('[data-severity]') === null;
      each.hidden = isEmpty && (!isClean || isNarrow) && each.id !== file?.value;
      any ||= !each.hidden;
    }
    nothing.hidden = any;
    shown.textContent = findings === all ? `All ${all} findings shown` : `${findings} of ${all} findings shown`;
  }

  let timer;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(apply, 60);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  text.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') {
      text.value = '';
      apply();
    }
  });

  const setAll = (open) => {
    for (const each of document.querySelectorAll('.file details'))
      if (each.closest('[hidden]') === null) each.open = open;
  };

  async function copy(button) {
    const boxes =
      button.dataset.copy === 'all'
        ? button.closest('.file').querySelectorAll('.fix pre')
        : [button.closest('.fix').querySelector('pre')];
    const lines = new Set(
      [...boxes]
        .filter((box) => box.closest('[hidden]') === null)
        .flatMap((box) => box.textContent.trimEnd().split('\n')),
    );
    const content = [...lines].map((line) => `${line}\n`).join('');
    let isCopied = true;
    try {
      await navigator.clipboard.writeText(content);
    } catch {
      isCopied = copyBySelection(content);
    }
    const label = button.dataset.label ?? button.textContent;
    button.dataset.label = label;
    button.textContent = isCopied ? 'Copied' : 'Press Ctrl+C';
    document.getElementById('said').textContent = isCopied
      ? `Copied ${lines.size} ${lines.size === 1 ? 'line' : 'lines'}`
      : 'Copying was refused';
    setTimeout(() => {
      button.textContent = label;
      document.getElementById('said').textContent = '';
    }, 2000);
  }

  /** For browsers that keep the clipboard from pages that are read from a file. */
  function copyBySelection(content) {
    const area = document.createElement('textarea');
    area.value = content;
    document.body.append(area);
    area.select();
    const isCopied = document.execCommand('copy');
    area.remove();
    return isCopied;
  }

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.copy !== undefined) copy(button);
    else if (button?.id === 'open-all') setAll(true);
    else if (button?.id === 'close-all') setAll(false);
    const link = event.target.closest('a[data-file]');
    if (link === null) return;
    const name = link.dataset.profile;
    if (name !== undefined) {
      const option = [...profile.options].find((each) => each.textContent === name);
      profile.value = name === '' ? '-' : (option?.value ?? '');
    }
    if (file !== undefined && name !== undefined) file.value = link.dataset.file;
    apply();
  });

  /** Opens what the address names, and whatever it lies in. */
  function openTarget() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target === null) return;
    if (target.closest('[hidden]') !== null) {
      form.reset();
      apply();
    }
    for (let each = target; each !== null; each = each.parentElement) if (each.tagName === 'DETAILS') each.open = true;
    target.scrollIntoView();
    (target.querySelector('h3, summary') ?? target).focus?.({ preventScroll: true });
  }
  addEventListener('hashchange', openTarget);
  if (location.hash !== '') openTarget();

  let closed = [];
  addEventListener('beforeprint', () => {
    closed = [...document.querySelectorAll('details:not([open], .unknowns)')];
    for (const each of closed) each.open = true;
  });
  addEventListener('afterprint', () => {
    for (const each of closed) each.open = false;
  });
  apply();
})();
