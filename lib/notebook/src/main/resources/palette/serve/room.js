/*
 * The page of one student in a room. Nothing is sent before they agree. What they say is kept in
 * this tab until the room has it on its disk, and tried again while the room does not answer.
 */
(() => {
  const at = id => document.getElementById(id);
  const KEPT = 'palette-room';
  const draw = () => [...crypto.getRandomValues(new Uint32Array(6))].map(n => n.toString(36).padStart(7, '0')).join('');
  const anew = code => ({code, key: draw(), seed: crypto.getRandomValues(new Uint32Array(1))[0] % 65536, answers: [], waiting: [], name: ''});
  let me = JSON.parse(sessionStorage.getItem(KEPT) || 'null');
  let version = 0;
  let page = null;
  let busy = false;

  const say = text => { if (at('status').textContent !== text) at('status').textContent = text; };
  const keep = () => sessionStorage.setItem(KEPT, JSON.stringify(me));

  async function ask(path, body) {
    const options = {headers: {Authorization: `Bearer ${me.code}`}, cache: 'no-store'};
    if (body) Object.assign(options, {method: 'POST', body: JSON.stringify(body)});
    const reply = await fetch(path, options);
    const json = await reply.json();
    if (!reply.ok) throw Object.assign(new Error(json.error), {status: reply.status});
    return json;
  }

  /** Sends what waits, one after the other; what the room refuses for good is given up. */
  async function send() {
    if (busy) return;
    busy = true;
    try {
      while (me.waiting.length) {
        const next = me.waiting[0];
        try {
          const {name} = await ask(next.forget ? 'forget' : 'answer', {...next.said, key: next.key});
          if (!next.forget && next.key === me.key) me.name = name;
        } catch (e) {
          if (!e.status || e.status === 429 || e.status >= 500) throw e;
          say(`The room did not take an answer: ${e.message}.`);
        }
        me.waiting.shift();
        keep();
      }
      say(me.name ? `You are the ${me.name}. The room has your ${me.answers.length} answers.` : '');
    } catch (e) {
      say(`${me.waiting.length} waiting for the room: ${e.message}.`);
      setTimeout(send, 1000 + 1000 * Math.random());
    } finally {
      busy = false;
    }
  }

  function tell(letter) {
    me.waiting.push({...letter, key: me.key});
    keep();
    send();
  }

  const room = () => ({
    answers: me.answers,
    seed: me.seed,
    said: x => tell({said: {chosen: x.chosen, rejected: x.rejected}}),
    forgot() {
      // What never left is not told of at all, and what comes next is of somebody new.
      me.waiting = me.waiting.slice(0, busy ? 1 : 0);
      tell({forget: true});
      Object.assign(me, {key: draw(), name: ''});
      keep();
    },
  });

  async function look() {
    try {
      const seen = await ask('room');
      if (seen.version !== version) {
        const {map, version: newest} = await ask('map');
        version = newest;
        document.body.className = map.blank ? 'blank' : '';
        page = start(map, room());
      }
      page.show(seen.dots.filter(d => d.length));
    } catch (e) {
      if (e.status === 401) return leave(e.message);
      if (!e.status) say('The room does not answer. Your answers wait here.');
    }
    setTimeout(look, 2000 + 1000 * Math.random());
  }

  function enter() {
    at('consent').hidden = true;
    look();
    send();
  }

  function leave(why) {
    me = null;
    sessionStorage.removeItem(KEPT);
    document.body.className = 'waiting';
    at('consent').hidden = false;
    say(why);
  }

  document.body.className = 'waiting';
  at('code').value = location.hash.slice(1);
  at('door').onsubmit = e => {
    e.preventDefault();
    me = anew(at('code').value.trim().toLowerCase());
    keep();
    say('');
    enter();
  };
  if (me) enter();
})();
