// What the pages do besides htmx: times as people say them, filters that apply themselves, copying, following logs.
'use strict';
document.documentElement.classList.add('scripted');

const UNITS = [['d', 86400], ['h', 3600], ['min', 60]];

function ago(seconds) {
  const far = Math.abs(seconds);
  if (far < 10) return 'now';
  if (far < 60) return say(Math.round(far) + ' s', seconds);
  const [unit, size] = UNITS.find(each => far >= each[1]);
  return say(Math.floor(far / size) + ' ' + unit, seconds);
}

function say(amount, seconds) {
  return seconds >= 0 ? amount + ' ago' : 'in ' + amount;
}

function lasted(seconds) {
  const two = (high, unit, low, less) => high + ' ' + unit + (low ? ' ' + low + ' ' + less : '');
  const s = Math.max(0, Math.floor(seconds));
  if (s < 100) return s + ' s';
  if (s < 3600) return two(Math.floor(s / 60), 'min', s % 60, 's');
  if (s < 86400) return two(Math.floor(s / 3600), 'h', Math.floor(s % 3600 / 60), 'min');
  return two(Math.floor(s / 86400), 'd', Math.floor(s % 86400 / 3600), 'h');
}

function tell(root) {
  const now = Date.now();
  for (const time of root.querySelectorAll('time[data-relative]')) {
    const at = new Date(time.dateTime);
    if (!time.dataset.exact) {
      time.dataset.exact = time.title;
      time.title = at.toLocaleString() + ' (' + time.title + ')';
    }
    const text = ago((now - at) / 1000);
    if (time.textContent !== text) time.textContent = text;
  }
  for (const since of root.querySelectorAll('[data-since]')) {
    const text = lasted((now - new Date(since.dataset.since)) / 1000);
    if (since.textContent !== text) since.textContent = text;
  }
}

// On a narrow screen the page one is on may stand beyond the edge of the navigation.
const here = document.querySelector('.top [aria-current]');
if (here) here.scrollIntoView({block: 'nearest', inline: 'nearest'});

tell(document);
setInterval(() => tell(document), 1000);
document.addEventListener('htmx:afterSwap', event => tell(event.target.parentNode || document));

// A tab nobody looks at asks for nothing; a server that does not answer is told.
document.addEventListener('htmx:beforeRequest', event => {
  if (document.hidden && event.target.matches('[data-live]')) event.preventDefault();
});
const lost = document.getElementById('lost');
document.addEventListener('htmx:sendError', () => { lost.hidden = false; });
document.addEventListener('htmx:afterRequest', event => {
  if (!event.detail.failed || event.detail.xhr.status) lost.hidden = true;
});

document.addEventListener('change', event => {
  const form = event.target.closest('form[data-auto]');
  if (form) submit(form);
});
document.addEventListener('submit', event => {
  if (event.target.matches('form[data-auto]')) {
    event.preventDefault();
    submit(event.target);
  }
});

// Empty fields stay out of the address.
function submit(form) {
  const wanted = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ''));
  location.href = form.getAttribute('action') + (String(wanted) ? '?' + wanted : '') + (form.dataset.to || '');
}

document.addEventListener('click', event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  navigator.clipboard.writeText(button.dataset.copy).then(() => {
    const before = button.getAttribute('aria-label');
    button.setAttribute('aria-label', 'Copied');
    button.classList.add('done');
    setTimeout(() => {
      button.setAttribute('aria-label', before);
      button.classList.remove('done');
    }, 1200);
  });
});

// The log shows its end, and goes on showing it unless someone scrolled up.
const log = document.querySelector('.log');
const follow = document.querySelector('[data-follow]');
function toEnd() {
  if (log && follow && follow.checked) log.scrollTop = log.scrollHeight;
}
if (log && follow) {
  toEnd();
  log.addEventListener('wheel', () => setTimeout(() => {
    follow.checked = log.scrollTop + log.clientHeight > log.scrollHeight - 30;
  }, 120), {passive: true});
  follow.addEventListener('change', toEnd);
  new MutationObserver(toEnd).observe(log, {childList: true, subtree: true});
}

// Where the values of a line come from and go to, drawn while it is pointed at or has the focus.
function edges(line) {
  const timeline = line.closest('.timeline');
  clear(timeline);
  const all = [...timeline.querySelectorAll('li')];
  const given = line.dataset.upstream ? line.dataset.upstream.split(',') : [];
  const before = all.filter(each => given.includes(each.dataset.ordinal));
  const after = all.filter(each => each.dataset.upstream.split(',').includes(line.dataset.ordinal));
  if (!before.length && !after.length) return;
  timeline.classList.add('pointed');
  [...before, ...after].forEach(each => each.classList.add('near'));
  const canvas = timeline.querySelector('.edges');
  before.forEach(each => edge(canvas, each, line));
  after.forEach(each => edge(canvas, line, each));
}

function edge(canvas, from, to) {
  const ground = canvas.getBoundingClientRect();
  const bars = line => [...line.querySelectorAll('.track i')].filter(each => !each.classList.contains('wait'));
  const begin = bars(from).at(-1), end = bars(to)[0];
  if (!begin || !end) return;
  const a = begin.getBoundingClientRect(), b = end.getBoundingClientRect();
  const x1 = a.right - ground.left, y1 = a.top + a.height / 2 - ground.top;
  const x2 = b.left - ground.left, y2 = b.top + b.height / 2 - ground.top;
  const bend = Math.max(14, Math.abs(x2 - x1) / 2);
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  path.setAttribute('d', `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}m-5 -4l5 4l-5 4`);
  canvas.append(path);
}

function clear(timeline) {
  timeline.classList.remove('pointed');
  timeline.querySelectorAll('.near').forEach(each => each.classList.remove('near'));
  timeline.querySelector('.edges').replaceChildren();
}

for (const kind of ['mouseover', 'focusin']) {
  document.addEventListener(kind, event => {
    const line = event.target.closest('.timeline li');
    if (line) edges(line);
  });
}
for (const kind of ['mouseout', 'focusout']) {
  document.addEventListener(kind, event => {
    const line = event.target.closest('.timeline li');
    if (line && !line.contains(event.relatedTarget)) clear(line.closest('.timeline'));
  });
}

// What cannot be undone is asked for first. The question has a form of its own: the page may change while it is open. Without this script the server asks.
document.addEventListener('submit', event => {
  const question = event.target.querySelector('input[name=_ask]');
  if (!question) return;
  event.preventDefault();
  ask(event.target, question.value);
}, true);

function ask(form, asked) {
  const dialog = document.createElement('dialog');
  dialog.className = 'ask';
  dialog.setAttribute('aria-labelledby', 'ask-what');
  const question = document.createElement('p');
  question.id = 'ask-what';
  question.textContent = asked;
  const yes = form.cloneNode(true);
  for (const field of yes.querySelectorAll('[name=_ask], [name=_yes], [name=_mild]')) field.remove();
  yes.className = '';
  yes.querySelector('button').textContent = form.querySelector('input[name=_yes]').value;
  yes.querySelector('button').removeAttribute('aria-label'); // which says what the list's button does, not what this one says
  yes.querySelector('button').className = form.querySelector('button.danger') ? 'danger' : '';
  const no = document.createElement('button');
  no.type = 'button';
  no.className = 'plain';
  no.autofocus = true;
  no.textContent = 'Leave it';
  no.addEventListener('click', () => dialog.close());
  const actions = document.createElement('div');
  actions.className = 'actions';
  actions.append(yes, no);
  dialog.append(question, actions);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// Lists of a form.
document.addEventListener('click', event => {
  const remove = event.target.closest('[data-remove]');
  if (remove) {
    const list = remove.closest('[data-list]');
    remove.closest('.item').remove();
    list.querySelector('[data-add]').focus();
  }
  const add = event.target.closest('[data-add]');
  if (add) {
    const list = add.closest('[data-list]');
    list.querySelector('.items').append(list.querySelector('template').content.cloneNode(true));
    list.querySelector('.items .item:last-child :is(input, select)').focus();
  }
});

// A run tells what changed; only that part is asked for again. Nobody looks: no stream, as browsers open six at most.
const watched = document.querySelector('[data-events]');
const PARTS = {state: ['run', 'task'], tasks: ['run', 'task'], logs: ['log-more'], artifacts: ['artifacts']};
if (watched && watched.dataset.events) watch(watched.dataset.events);

function watch(address) {
  const stale = new Set();
  let stream = null, over = false;

  function mark(kinds) {
    for (const kind of kinds) PARTS[kind].forEach(id => stale.add(id));
    refresh();
  }

  // What a person types into an answer is not taken away by what comes meanwhile.
  function typing(part) {
    return [...part.querySelectorAll('.answer input, .answer textarea')].some(field => field === document.activeElement
      || (field.type === 'checkbox' ? field.checked !== field.defaultChecked : field.value !== field.defaultValue));
  }
  document.addEventListener('htmx:beforeSwap', event => {
    if (event.target.matches('[data-live]') && typing(event.target)) event.detail.shouldSwap = false;
  });

  // One question at a time for each part: a part that takes long is asked for less often.
  function refresh() {
    for (const id of stale) {
      const part = document.getElementById(id);
      if (part && (part.classList.contains('htmx-request') || typing(part))) continue;
      stale.delete(id);
      if (part && part.hasAttribute('hx-get')) htmx.trigger(part, 'changed');
    }
  }

  function open() {
    if (stream || over || document.hidden) return;
    stream = new EventSource(address);
    stream.addEventListener('change', event => {
      const news = JSON.parse(event.data);
      over = news.over;
      // A log that was read after the end is not read again, so its last lines are waited for.
      mark(over ? Object.keys(PARTS) : news.changed.filter(kind => kind !== 'logs' || !news.ended));
      if (over) close();
    });
  }

  function close() {
    if (stream) stream.close();
    stream = null;
  }

  document.addEventListener('visibilitychange', () => document.hidden ? close() : open());
  // A server that lets no more in, or one that is away, is asked as before.
  setInterval(() => {
    if (stream && stream.readyState === EventSource.CLOSED) close();
    if (!over && !document.hidden && (!stream || stream.readyState !== EventSource.OPEN)) mark(Object.keys(PARTS));
    open();
  }, 2000);
  setInterval(refresh, 250);
  open();
}
