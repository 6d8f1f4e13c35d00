'use strict';
/*
 * Places one person by their answers, on a page of its own. MODEL is what palette.plot.PersonPage
 * writes: items, their K rewards divided by the temperature, the prior, corners, other people.
 * The first half is mathematics and touches nothing of the page; a test compares it with Java.
 */

// ------------------------------------------------------------------ mathematics

const sigmoid = m => (m >= 0 ? 1 / (1 + Math.exp(-m)) : Math.exp(m) / (1 + Math.exp(m)));
const dot = (a, b) => a.reduce((sum, x, i) => sum + x * b[i], 0);
const minus = (a, b) => a.map((x, i) => x - b[i]);

/** log(1 + exp(-m)), without overflow. */
const logLoss = m => Math.log1p(Math.exp(-Math.abs(m))) + Math.max(-m, 0);

/** The loss of the answers' rows at weights w: sum_j log(1 + exp(-r_j.w)) + s/2 |w - center|^2. */
function lossAt(rows, prior, w) {
  const off = minus(w, prior.center);
  return rows.reduce((sum, r) => sum + logLoss(dot(r, w)), 0) + prior.strength / 2 * dot(off, off);
}

function gradientAt(rows, prior, w) {
  const g = w.map((x, k) => prior.strength * (x - prior.center[k]));
  for (const r of rows) {
    const surprise = sigmoid(-dot(r, w));
    for (let k = 0; k < g.length; k++) g[k] -= surprise * r[k];
  }
  return g;
}

/** No mix loses less than the loss at w minus this: the loss is convex, and lies above its tangent. */
const gapOf = (g, w) => Math.max(0, dot(g, w) - Math.min(...g));

function curvatureAt(rows, prior, w) {
  const h = w.map((_, k) => w.map((_, l) => (k === l ? prior.strength : 0)));
  for (const r of rows) {
    const p = sigmoid(dot(r, w));
    for (let k = 0; k < w.length; k++) {
      for (let l = 0; l < w.length; l++) h[k][l] += p * (1 - p) * r[k] * r[l];
    }
  }
  return h;
}

/** The nearest point of the simplex. */
function ontoSimplex(v) {
  const sorted = [...v].sort((a, b) => b - a);
  let sum = 0;
  let shift = 0;
  sorted.forEach((x, i) => {
    sum += x;
    if (x - (sum - 1) / (i + 1) > 0) shift = (sum - 1) / (i + 1);
  });
  return v.map(x => Math.max(0, x - shift));
}

/** Solves a x = b for a symmetric, positive definite a (Cholesky); null if it is none. */
function solve(a, b) {
  const n = b.length;
  const l = a.map(row => [...row]);
  const x = [...b];
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let s = l[i][j];
      for (let k = 0; k < j; k++) s -= l[i][k] * l[j][k];
      if (i === j && !(s > 0)) return null;
      l[i][j] = i === j ? Math.sqrt(s) : s / l[j][j];
    }
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= l[i][k] * x[k];
    x[i] /= l[i][i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= l[k][i] * x[k];
    x[i] /= l[i][i];
  }
  return x;
}

/** Which weights are not at their bound 0; the last of them is 1 minus the others. */
const freeOf = w => w.map((x, k) => k).filter(k => w[k] > 1e-9);

/** A symmetric form in the free weights but the last. */
function onFace(h, free) {
  const r = free[free.length - 1];
  const own = free.slice(0, -1);
  return own.map(k => own.map(l => h[k][l] - h[k][r] - h[r][l] + h[r][r]));
}

/** Accelerated projected gradients to the right face of the simplex, Newton steps on it to the end. */
function place(rows, prior) {
  const steep = prior.strength + rows.reduce((sum, r) => sum + dot(r, r), 0) / 4 + 1e-12;
  let w = [...prior.center];
  let ahead = [...w];
  let pace = 1;
  for (let i = 0; i < 5000; i++) {
    const g = gradientAt(rows, prior, ahead);
    const next = ontoSimplex(ahead.map((x, k) => x - g[k] / steep));
    const faster = (1 + Math.sqrt(1 + 4 * pace * pace)) / 2;
    const turned = dot(minus(ahead, next), minus(next, w)) > 0;
    ahead = turned ? [...next] : next.map((x, k) => x + (pace - 1) / faster * (x - w[k]));
    pace = turned ? 1 : faster;
    w = next;
    if (i % 20 === 0 && gapOf(gradientAt(rows, prior, w), w) < 1e-7) break;
  }
  return polished(rows, prior, w);
}

function polished(rows, prior, start) {
  let w = start;
  for (let step = 0; step < 30; step++) {
    const g = gradientAt(rows, prior, w);
    const before = gapOf(g, w);
    const free = freeOf(w);
    if (before < 1e-13 || free.length < 2) break;
    const r = free[free.length - 1];
    const d = solve(onFace(curvatureAt(rows, prior, w), free), free.slice(0, -1).map(k => g[r] - g[k]));
    if (!d) break;
    const move = w.map(() => 0);
    free.slice(0, -1).forEach((k, i) => { move[k] = d[i]; move[r] -= d[i]; });
    let length = 1;
    for (const k of free) if (move[k] < 0) length = Math.min(length, -w[k] / move[k]);
    const next = w.map((x, k) => Math.max(0, x + length * move[k]));
    if (!(gapOf(gradientAt(rows, prior, next), next) < before)) break;
    w = next;
  }
  return w;
}

/** The covariance of the weights (Laplace's approximation on their face); null if undecided. */
function covarianceAt(rows, prior, w) {
  const free = freeOf(w);
  const n = free.length - 1;
  const cov = w.map(() => w.map(() => 0));
  if (n < 1) return cov;
  const reduced = onFace(curvatureAt(rows, prior, w), free);
  const inverse = [];
  for (let i = 0; i < n; i++) {
    const column = solve(reduced, reduced.map((_, j) => (i === j ? 1 : 0)));
    if (!column) return null;
    inverse.push(column);
  }
  const part = (i, k) => (free[i] === k ? 1 : 0) - (free[n] === k ? 1 : 0);
  for (const k of free) {
    for (const l of free) {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) cov[k][l] += part(i, k) * inverse[i][j] * part(j, l);
      }
    }
  }
  return cov;
}

/** The question that tells most: the variance of its margin, where it is near to a coin flip. */
function nextQuestion(model, pool, w, cov) {
  let best = null;
  let most = -1;
  for (const [a, b] of pool) {
    const v = minus(model.rewards[a], model.rewards[b]);
    const p = sigmoid(dot(v, w));
    const spread = cov ? v.reduce((sum, x, k) => sum + x * dot(cov[k], v), 0) : 1;
    if (p * (1 - p) * spread > most) {
      most = p * (1 - p) * spread;
      best = [a, b];
    }
  }
  return best;
}

/** Pairs of items to ask about: all of them, or as many as can be looked through. */
function pairsOf(n, seed = 7) {
  const pairs = [];
  for (let a = 1; a < n; a++) for (let b = 0; b < a; b++) pairs.push([a, b]);
  let state = seed;
  const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  for (let i = pairs.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [pairs[i], pairs[j]] = [pairs[j], pairs[i]];
  }
  return pairs.slice(0, 2000);
}

// ------------------------------------------------------------------ the map

const percent = x => Math.round(100 * x) + ' %';
const STAR = 'M0,-13 3,-4 12,-4 5,2 8,11 0,5 -8,11 -5,2 -12,-4 -3,-4z';

function shape(name, attributes, parent) {
  const node = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v);
  parent.appendChild(node);
  return node;
}

/** Draws hull, people and corners, with room for some more mixes; says where a mix stands. */
function drawMap(svg, model, more = []) {
  // A share of everybody's average stands where the average of all mixes does.
  const mixed = model.corners.reduce((sum, _, k) => sum + model.prior.center[k], 0);
  const average = [0, 1].map(i =>
    model.corners.reduce((sum, c, k) => sum + model.prior.center[k] * c[i], 0) / mixed);
  const places = model.prior.center.map((_, k) => model.corners[k] || average);
  const point = w => [0, 1].map(i => places.reduce((sum, c, k) => sum + w[k] * c[i], 0));

  const spots = model.people.map(point);
  const all = [...spots, ...model.corners, ...more.map(point)];
  const low = [0, 1].map(i => Math.min(...all.map(p => p[i])));
  const high = [0, 1].map(i => Math.max(...all.map(p => p[i])));
  const unit = 400 / Math.max(high[0] - low[0], high[1] - low[1], 1e-9);
  const px = p => [40 + unit * (p[0] - low[0]), 40 + unit * (high[1] - p[1])];
  const width = 80 + unit * (high[0] - low[0]);
  const height = 80 + unit * (high[1] - low[1]);

  svg.replaceChildren();
  svg.setAttribute('viewBox', `0 0 ${Math.max(width, 200)} ${Math.max(height, 120)}`);
  const ground = model.corners.map(px).map(p => p.join(',')).join(' ');
  shape('polygon', {points: ground, class: 'hull'}, svg);
  for (const p of spots.map(px)) shape('circle', {cx: p[0], cy: p[1], r: 4, class: 'person'}, svg);
  const middle = shape('g', {}, svg);
  model.corners.map(px).forEach((p, k) => {
    shape('circle', {cx: p[0], cy: p[1], r: 13, class: 'corner c' + k % 6}, svg);
    shape('text', {x: p[0], y: p[1] + 5, class: 'number'}, svg).textContent = k + 1;
  });
  return {places, unit, middle, on: w => px(point(w))};
}

// ------------------------------------------------------------------ the page

/** Asks; a room, where there is one, keeps what was said and is told what is said next. */
function start(model, room = {answers: [], seed: 7, said() {}, forgot() {}}) {
  const at = id => document.getElementById(id);
  const pool = pairsOf(model.items.length, room.seed);
  const skipped = new Set();
  const answers = room.answers; // {chosen, rejected, guess, average}: P(chosen) by each before it was said
  let question = null;

  const key = (a, b) => (a < b ? a + ' ' + b : b + ' ' + a);
  const rowOf = x => minus(model.rewards[x.chosen], model.rewards[x.rejected]);

  const map = at('map');
  const {places, unit, middle, on} = drawMap(map, model);
  const region = shape('ellipse', {class: 'region', rx: 0, ry: 0}, middle);
  const mates = shape('g', {}, middle);
  const you = shape('path', {class: 'you', d: STAR}, map);

  function drawYou(w, cov) {
    const [x, y] = on(w);
    you.style.transform = `translate(${x}px, ${y}px)`;
    const flat = cov && [0, 1].map(i => [0, 1].map(j => places.reduce((sum, c, k) =>
      sum + places.reduce((more, e, l) => more + c[i] * cov[k][l] * e[j], 0), 0)));
    if (!flat || !answers.length) {
      region.setAttribute('rx', 0);
      return;
    }
    const half = (flat[0][0] - flat[1][1]) / 2;
    const root = Math.hypot(half, flat[0][1]);
    const middle = (flat[0][0] + flat[1][1]) / 2;
    const reach = v => Math.min(600, 4 + unit * Math.sqrt(4.605 * Math.max(0, v)));
    region.setAttribute('rx', reach(middle + root));
    region.setAttribute('ry', reach(middle - root));
    const turn = -Math.atan2(2 * flat[0][1], 2 * half) / 2 * 180 / Math.PI;
    region.setAttribute('transform', `translate(${x} ${y}) rotate(${turn})`);
  }

  function list(node, entries) {
    node.replaceChildren(...entries.map(([text, small, button]) => {
      const li = document.createElement('li');
      li.append(text);
      if (small) {
        const s = document.createElement('small');
        s.textContent = ' ' + small;
        li.append(s);
      }
      if (button) li.append(' ', button);
      return li;
    }));
  }

  function ranking(w) {
    const scores = model.rewards.map(r => dot(r, w));
    return scores.map((_, i) => i).sort((a, b) => scores[b] - scores[a]);
  }

  /** How well the average's order serves somebody with these weights, by their own probabilities. */
  function servedBy(w, some) {
    const each = some.map(([a, b]) => {
      const v = minus(model.rewards[a], model.rewards[b]);
      const p = sigmoid(dot(v, w));
      return dot(v, model.prior.center) > 0 ? p : 1 - p;
    });
    return each.reduce((sum, p) => sum + p, 0) / each.length;
  }

  const judged = pool.slice(0, 200);
  const served = model.people.map(w => servedBy(w, judged)).sort((a, b) => a - b);

  function drawServed(w) {
    const own = servedBy(w, judged);
    const strip = at('strip');
    strip.replaceChildren();
    const least = Math.min(0.45, own, ...served) - 0.02;
    const most = Math.max(0.75, own, ...served) + 0.02;
    const x = share => 20 + 560 * (share - least) / (most - least);
    shape('line', {x1: x(0.5), x2: x(0.5), y1: 6, y2: 54, class: 'coin'}, strip);
    shape('text', {x: x(0.5), y: 68, class: 'tick'}, strip).textContent = 'a coin';
    for (const s of [0.6, 0.7, 0.8, 0.9]) {
      if (s < most) shape('text', {x: x(s), y: 68, class: 'tick'}, strip).textContent = percent(s);
    }
    for (const s of served) shape('circle', {cx: x(s), cy: 30, r: 5, class: 'person'}, strip);
    if (answers.length) {
      const star = shape('path', {class: 'you', d: STAR}, strip);
      star.style.transform = `translate(${x(own)}px, 30px)`;
    }
    const worse = served.filter(s => s < own).length;
    at('whom').textContent = answers.length
      ? `One reward for everybody would guess about ${percent(own)} of your choices. It serves ${worse} of ${served.length} people worse than you.`
      : `Each dot is a person: how many of their choices one reward for everybody would guess.`;
  }

  function draw() {
    const rows = answers.map(rowOf);
    const w = place(rows, model.prior);
    const cov = covarianceAt(rows, model.prior, w);
    drawYou(w, cov);
    drawServed(w);
    const order = ranking(at('mine').checked ? w : model.prior.center).map(i => model.items[i].text);
    list(at('likes'), order.slice(0, 3).map(t => [t]));
    list(at('dislikes'), order.slice(-3).reverse().map(t => [t]));
    const shares = w.map((x, k) => [x, k]).sort((a, b) => b[0] - a[0]);
    list(at('weights'), shares.map(([x, k]) => {
      const name = k < model.corners.length ? 'prototype ' + (k + 1) : 'everybody’s average';
      const sure = cov && cov[k][k] > 0 ? '± ' + percent(Math.sqrt(cov[k][k])) : '';
      return [`${name}: ${percent(x)}`, answers.length ? sure : ''];
    }));
    const gap = gapOf(gradientAt(rows, model.prior, w), w);
    at('proof').textContent = `Certificate: no other mix fits your answers better by more than ${gap.toExponential(1)}.`;
    const right = by => answers.filter(x => x[by] > 0.5).length;
    at('score').textContent = answers.length
      ? `Before you answered, it guessed ${right('guess')} of ${answers.length}; one reward for everybody ${right('average')}.`
      : '';
    list(at('said'), answers.map((x, i) => {
      const button = document.createElement('button');
      button.textContent = 'turn round';
      const both = [x.chosen, x.rejected].map(item => model.items[item].text);
      button.setAttribute('aria-label', `turn round: ${both.join(' rather than ')}`);
      button.className = 'small';
      button.onclick = () => {
        answers[i] = {chosen: x.rejected, rejected: x.chosen, guess: 1 - x.guess, average: 1 - x.average};
        room.said(answers[i]);
        draw();
        at('said').querySelectorAll('button')[i].focus();
      };
      return [both[0], `rather than ${both[1]}`, button];
    }));
    at('correct').hidden = !answers.length;
    ask(w, cov);
  }

  function ask(w, cov) {
    const asked = new Set(answers.map(x => key(x.chosen, x.rejected)));
    const open = pool.filter(([a, b]) => !asked.has(key(a, b)) && !skipped.has(key(a, b)));
    question = nextQuestion(model, open, w, cov);
    at('question').hidden = !question;
    at('over').hidden = !!question;
    if (!question) return;
    at('count').textContent = `Question ${answers.length + 1}`;
    ['left', 'right'].forEach((side, i) => {
      at(side).textContent = model.items[question[i]].text;
      at(side).onclick = () => answer(question[i], question[1 - i], w);
    });
  }

  function answer(chosen, rejected, w) {
    const v = minus(model.rewards[chosen], model.rewards[rejected]);
    answers.push({chosen, rejected, guess: sigmoid(dot(v, w)), average: sigmoid(dot(v, model.prior.center))});
    room.said(answers[answers.length - 1]);
    draw();
    if (!question) at('over').focus();
  }

  at('skip').onclick = () => { skipped.add(key(...question)); draw(); };
  at('forget').onclick = () => {
    answers.length = 0;
    skipped.clear();
    room.forgot();
    draw();
    at('left').focus();
  };
  at('mine').onchange = at('average').onchange = draw;
  // A key alone is heard only where the question has the focus: who dictates says digits, too.
  at('question').onkeydown = e => {
    if (e.ctrlKey || e.altKey || e.metaKey) return;
    if (e.key === '1') at('left').click();
    if (e.key === '2') at('right').click();
    if (e.key === '0') at('skip').click();
  };
  draw();

  return {
    /** Shows where others in the room stand. */
    show(dots) {
      mates.replaceChildren();
      for (const [x, y] of dots.map(on)) shape('circle', {cx: x, cy: y, r: 5, class: 'mate'}, mates);
    },
  };
}
