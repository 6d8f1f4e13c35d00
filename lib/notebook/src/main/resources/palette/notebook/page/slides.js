
const slides = [...document.querySelectorAll('section')];
const bar = document.createElement('nav');
const where = document.createElement('span');
let at = Math.max(1, parseInt(location.hash.slice(1)) || 1) - 1;

function show(slide) {
  at = Math.min(Math.max(slide, 0), slides.length - 1);
  slides.forEach((s, i) => { s.hidden = i !== at; });
  where.textContent = ` ${at + 1} of ${slides.length} `;
  location.hash = at + 1;
  slides[at].focus();
}

function button(word, does) {
  const b = document.createElement('button');
  b.textContent = word;
  b.onclick = () => { does(); slides[at].focus(); };
  return b;
}

const notes = () => document.body.classList.toggle('notes');
const keys = {
  ArrowRight: () => show(at + 1), PageDown: () => show(at + 1), ' ': () => show(at + 1),
  ArrowLeft: () => show(at - 1), PageUp: () => show(at - 1),
  Home: () => show(0), End: () => show(slides.length - 1), n: notes,
};
addEventListener('keydown', e => {
  if (!keys[e.key] || e.ctrlKey || e.altKey || e.metaKey || e.target.tagName === 'BUTTON') return;
  e.preventDefault();
  keys[e.key]();
});
bar.append(button('\u2190 back', keys.ArrowLeft), where, button('on \u2192', keys.ArrowRight), ' ',
  button('notes (N)', notes));
document.querySelector('main').append(bar);
show(at);
