'use strict';
/* Looks for pages that have all the words; a word in a title counts ten times. */
const PAGES = @PAGES@;
const at = id => document.getElementById(id);
const query = new URLSearchParams(location.search).get('q') || '';
const words = query.toLowerCase().split(/\s+/).filter(w => w);
const times = (text, word) => text.toLowerCase().split(word).length - 1;

function snippet(text) {
  const i = Math.max(0, text.toLowerCase().indexOf(words[0]));
  const from = Math.max(0, text.lastIndexOf(' ', i - 60) + 1);
  return (from ? '… ' : '') + text.slice(from, i + 120) + ' …';
}

at('q').value = query;
const found = words.length === 0 ? [] : PAGES
  .map(page => {
    const scores = words.map(w => times(page.text, w) + 10 * times(page.title, w));
    return {page, score: Math.min(...scores) && scores.reduce((sum, s) => sum + s, 0)};
  })
  .filter(f => f.score)
  .sort((a, b) => b.score - a.score);
if (words.length) at('count').textContent = `${found.length} pages have “${query}”.`;
at('found').append(...found.map(({page}) => {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = page.url;
  link.textContent = page.title;
  item.append(link, document.createElement('br'), snippet(page.text));
  return item;
}));
