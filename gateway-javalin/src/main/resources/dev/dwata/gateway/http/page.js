// Shows a gateway's status, its sessions, and what waits for an answer. Speaks to the gateway that served it and to
// nobody else; the address bar decides nothing but the one-time code. Texts are only ever set as text.
'use strict';

const KEY = 'dwata.token';
const MOST = 200;
const show = (id, visible) => { document.getElementById(id).hidden = !visible; };
const say = (text) => { document.getElementById('state').textContent = text; };

// What would change how a text looks is shown by its number.
const visible = (text) => String(text ?? '').slice(0, 2000).replace(
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g,
  (c) => (c === '\n' || c === '\t' ? ' ' : '\u27e8U+' + c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0') + '\u27e9'));

const element = (name, text) => {
  const made = document.createElement(name);
  made.textContent = visible(text);
  return made;
};

let socket;
let nextId = 0;
let waiting = new Map();
let again = 500;
let timer;
let asking = false;
let stale = false;

async function signInByCode() {
  const found = /^#c=([A-Za-z0-9_-]{43})$/.exec(location.hash);
  if (location.hash || location.search) {
    history.replaceState(null, '', '/');
  }
  if (!found) {
    return;
  }
  const answer = await fetch('/api/v1/web/tokens', {
    method: 'POST',
    credentials: 'omit',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ code: found[1] }),
  });
  const body = await answer.json();
  if (answer.ok) {
    sessionStorage.setItem(KEY, body.token);
  } else {
    say(visible(body.error));
  }
}

function call(method, params) {
  return new Promise((resolve, reject) => {
    const id = String(++nextId);
    waiting.set(id, { resolve, reject });
    socket.send(JSON.stringify({ type: 'req', id, method, params }));
  });
}

function connect() {
  waiting = new Map();
  const mine = new WebSocket((location.protocol === 'https:' ? 'wss://' : 'ws://') + location.host + '/ws');
  socket = mine;
  mine.onopen = async () => {
    const token = sessionStorage.getItem(KEY);
    try {
      await call('connect', { version: '1', clientType: 'web', clientName: 'web page', ...(token ? { token } : {}) });
      again = 500;
      signedIn(true);
      await refresh();
    } catch (error) {
      say(visible(error.message));
    }
  };
  mine.onmessage = (message) => {
    const frames = JSON.parse(message.data);
    for (const frame of Array.isArray(frames) ? frames : [frames]) {
      received(frame);
    }
  };
  mine.onclose = (closed) => {
    clearInterval(timer);
    waiting.forEach(({ reject }) => reject(new Error('the connection is closed')));
    if (closed.code === 4401) {
      sessionStorage.removeItem(KEY);
      signedIn(false);
      say('signed out: a token is needed');
      return;
    }
    say('not connected, trying again…');
    setTimeout(connect, again);
    again = Math.min(again * 2, 15000);
  };
}

function received(frame) {
  if (frame.type === 'res') {
    const asked = waiting.get(frame.id);
    waiting.delete(frame.id);
    if (asked && frame.ok) {
      asked.resolve(frame.payload);
    } else if (asked) {
      asked.reject(new Error(frame.error?.message ?? 'refused'));
    }
  } else if (frame.type === 'event' && frame.event === 'gateway.draining') {
    say('the gateway is shutting down');
  } else if (frame.type === 'event') {
    refresh();
  }
}

// One question at a time; what happens meanwhile is asked about after it.
async function refresh() {
  if (asking) {
    stale = true;
    return;
  }
  asking = true;
  try {
    do {
      stale = false;
      const [status, sessions, inputs] = await Promise.all([
        call('status', {}), call('sessions.list', { limit: MOST }), call('input.list', {})]);
      showStatus(status.gateway);
      showInputs(inputs.inputs, sessions.sessions);
      showSessions(sessions);
      say('connected');
    } while (stale);
  } catch (error) {
    say(visible(error.message));
  } finally {
    asking = false;
  }
}

function signedIn(yes) {
  show('signin', !yes);
  for (const id of ['status', 'waits', 'list']) {
    show(id, yes);
  }
  clearInterval(timer);
  if (yes) {
    timer = setInterval(refresh, 5000);
  }
}

function showStatus(gateway) {
  const facts = [
    ['Version', gateway.version],
    ['Up for', Math.floor(gateway.uptime / 60) + ' min'],
    ['Connections', gateway.activeConnections],
    ['Active sessions', gateway.activeSessions],
  ];
  document.getElementById('facts').replaceChildren(
    ...facts.flatMap(([name, value]) => [element('dt', name), element('dd', value)]));
}

function showInputs(inputs, sessions) {
  const titles = new Map(sessions.map((session) => [session.id, session.title]));
  document.getElementById('inputs').replaceChildren(...inputs.map((input) =>
    element('li', (titles.get(input.sessionId) ?? input.sessionId) + ': ' + (input.toolName ?? input.kind ?? 'a question'))));
  show('noinputs', inputs.length === 0);
}

function showSessions(list) {
  document.getElementById('sessions').replaceChildren(...list.sessions.map((session) => {
    const row = document.createElement('tr');
    row.append(
      element('td', session.title),
      element('td', session.agentName),
      element('td', session.messageCount),
      element('td', new Date(session.lastActivity).toLocaleString()));
    return row;
  }));
  show('nosessions', list.sessions.length === 0);
}

document.getElementById('form').addEventListener('submit', (event) => {
  event.preventDefault();
  const field = document.getElementById('token');
  sessionStorage.setItem(KEY, field.value.trim());
  field.value = '';
  say('connecting…');
  connect();
});

signInByCode().catch((error) => say(visible(error.message))).finally(connect);
