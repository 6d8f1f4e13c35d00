/* The teacher's screen: who is in the room, where they stand, and whom the map does not serve. */

/** Where somebody would stand if weights could be negative: Newton steps beyond the simplex. */
function beyond(rows, prior, from) {
  const all = from.map((_, k) => k);
  const r = all.length - 1;
  let w = [...from];
  for (let step = 0; step < 60; step++) {
    const g = gradientAt(rows, prior, w);
    const d = solve(onFace(curvatureAt(rows, prior, w), all), all.slice(0, -1).map(k => g[r] - g[k]));
    if (!d) break;
    const move = [...d, -d.reduce((sum, x) => sum + x, 0)];
    let length = 1;
    const to = () => w.map((x, k) => x + length * move[k]);
    while (length > 1e-6 && lossAt(rows, prior, to()) > lossAt(rows, prior, w)) length /= 2;
    if (lossAt(rows, prior, w) - lossAt(rows, prior, to()) < 1e-12) break;
    w = to();
  }
  return w;
}

/** Chance gains less than this, in nats, nineteen times in twenty, by one number more. */
const BY_CHANCE = 1.92;

/** What is known of one person: where they stand, what was guessed before each answer. */
function lookAt(model, answers, before) {
  const rows = answers.map(([a, b]) => minus(model.rewards[a], model.rewards[b]));
  const guesses = [];
  rows.forEach((row, i) => {
    const same = before && guesses.length === i && String(before.answers.slice(0, i + 1)) === String(answers.slice(0, i + 1));
    guesses.push(same && before.guesses[i] ? before.guesses[i] : {
      own: sigmoid(dot(row, place(rows.slice(0, i), model.prior))),
      average: sigmoid(dot(row, model.prior.center)),
    });
  });
  const share = by => guesses.reduce((sum, g) => sum + (g[by] > 0.5 ? 1 : g[by] === 0.5 ? 0.5 : 0), 0) / guesses.length;
  const w = place(rows, model.prior);
  const free = beyond(rows, model.prior, w);
  const gain = lossAt(rows, model.prior, w) - lossAt(rows, model.prior, free);
  const outside = Math.min(...free) < -1e-6 && gain > BY_CHANCE;
  return {answers, guesses, w, free, gain, outside, own: share('own'), average: share('average')};
}

function teach() {
  const at = id => document.getElementById(id);
  let version = 0;
  let model = null;
  let known = new Map();

  async function ask(path, method = 'GET') {
    const headers = {Authorization: `Bearer ${location.hash.slice(1)}`};
    const reply = await fetch(path, {method, headers, cache: 'no-store', body: method === 'POST' ? '{}' : undefined});
    if (!reply.ok) throw new Error((await reply.json()).error);
    return reply;
  }
  const json = async path => (await ask(path)).json();
  const say = text => { if (at('status').textContent !== text) at('status').textContent = text; };

  async function drawLink() {
    const {link, code, size, path} = await json('link');
    at('link').textContent = link;
    at('code').textContent = code;
    at('qr').setAttribute('viewBox', `-4 -4 ${size + 8} ${size + 8}`);
    shape('path', {d: path, fill: '#000'}, at('qr'));
  }

  function drawPeople(people) {
    const map = at('map');
    const {on} = drawMap(map, model, people.filter(p => p.outside).map(p => p.free));
    for (const p of people) {
      const [x, y] = on(p.outside ? p.free : p.w);
      if (p.outside) shape('circle', {cx: x, cy: y, r: 10, class: 'outside'}, map);
      const dot = shape('circle', {cx: x, cy: y, r: 6, class: 'mate'}, map);
      shape('title', {}, dot).textContent = `the ${p.name}, ${p.answers.length} answers`;
    }
    at('people').replaceChildren(...people.map(p => {
      const row = document.createElement('tr');
      const cells = [p.name, p.answers.length, percent(p.average), percent(p.own), p.outside ? 'outside' : ''];
      row.append(...cells.map(text => {
        const cell = document.createElement('td');
        cell.textContent = text;
        return cell;
      }));
      return row;
    }));
  }

  function drawWords(people) {
    const mean = (some, by) => percent(some.reduce((sum, p) => sum + p[by], 0) / some.length);
    const worst = people.slice(0, Math.ceil(people.length / 10));
    at('worst').textContent = people.length
      ? `One reward for everybody guessed ${mean(people, 'average')} of the answers of this room, and ${mean(worst, 'average')} of those of the tenth whom it serves worst (${worst.length} of ${people.length}). Their own mixes guessed ${mean(people, 'own')}, and ${mean(worst, 'own')} of that tenth.`
      : 'Nobody has answered yet.';
    const out = people.filter(p => p.outside).length;
    at('reach').textContent = `${out} of ${people.length} would be described clearly better by a place outside the prototypes' hull: by more than chance gains nineteen times in twenty.`;
  }

  async function look() {
    try {
      const room = await json('all');
      if (!at('code').textContent) await drawLink();
      if (room.version !== version) {
        ({map: model, version} = await json('map'));
        known = new Map();
        document.body.className = model.blank ? 'blank' : '';
      }
      known = new Map(room.people.map(p => [p.name, lookAt(model, p.answers, known.get(p.name))]));
      const people = [...known].map(([name, seen]) => ({name, ...seen}))
        .sort((a, b) => a.average - b.average || a.name.localeCompare(b.name));
      drawPeople(people);
      drawWords(people);
      const answers = people.reduce((sum, p) => sum + p.answers.length, 0);
      say(`${people.length} people, ${answers} answers. ${room.fitting ? 'The map is being drawn ...' : room.said}`);
    } catch (e) {
      say(`The room does not answer: ${e.message}.`);
    }
    setTimeout(look, 1000);
  }

  at('refit').onclick = () => ask('refit', 'POST').catch(e => say(`${e.message}.`));
  at('save').onclick = async () => {
    const file = document.createElement('a');
    file.href = URL.createObjectURL(await (await ask('answers.jsonl')).blob());
    file.download = 'answers.jsonl';
    file.click();
  };
  look();
}
teach();
