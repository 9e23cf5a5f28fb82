(() => {
'use strict';
const page = JSON.parse(document.getElementById('data').textContent);
const dark = matchMedia('(prefers-color-scheme: dark)');
const hidden = new Set();
const titleHeight = 36;
const frameDuration = 80; // milliseconds
const paperWidth = 680; // of the pixels between the margins of a page of A4 or Letter
const config = { responsive: true, displayModeBar: false };
const touch = matchMedia('(pointer: coarse)').matches;
let printing = false;

// Figures name their colours: "@ink", "@s0/0.5".
function paint(value, theme, key = '') {
  if (typeof value === 'string' && value[0] === '@' && /color/.test(key)) {
    const [name, opacity] = value.slice(1).split('/');
    return opacity === undefined ? theme[name] : theme[name] + Math.round(opacity * 255).toString(16).padStart(2, '0');
  }
  if (Array.isArray(value)) return typeof value.at(-1) === 'number' ? value : value.map(one => paint(one, theme, key));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, paint(one, theme, name)]));
}

const themeOf = light => light || printing || !dark.matches ? page.light : page.dark;

const charts = page.figures.map((figure, i) => {
  const element = document.getElementById('chart' + i);
  return { figure, element, index: -1, zooms: false };
});

// plotly.js changes the ranges of a layout in place.
const layoutOf = (chart, theme) => paint(structuredClone(chart.figure.layout), theme);

const isShown = trace => !trace.meta || !hidden.has(trace.meta.series);

// What a reader zoomed to, or where the eye of a surface was moved.
function view(element, layout) {
  for (const [name, axis] of Object.entries(element.layout || {})) {
    if (/^[xy]axis/.test(name) && axis.range) layout[name] = { ...layout[name], range: axis.range, autorange: axis.autorange };
    if (/^scene/.test(name) && axis.camera) layout[name] = { ...layout[name], camera: axis.camera };
  }
  return layout;
}

function drawing(chart, light) {
  const theme = themeOf(light);
  const data = paint(chart.figure.data, theme).map(trace => isShown(trace) ? trace : { ...trace, visible: 'legendonly' });
  const { traces, data: moved } = chart.frame || { traces: [] };
  traces.forEach((trace, i) => Object.assign(data[trace], { x: moved[i].x, y: moved[i].y }));
  return { data, layout: view(chart.element, layoutOf(chart, theme)) };
}

// On the page the title stands above the figure, where it can have several lines.
function onPage(chart) {
  const { data, layout } = drawing(chart, false);
  delete layout.title;
  layout.margin = { ...layout.margin, t: layout.margin.t - titleHeight };
  if (touch) layout.dragmode = chart.zooms && 'zoom'; // else a finger scrolls the page
  layout.autosize = !printing;
  if (printing) layout.width = Math.min(paperWidth, chart.element.clientWidth);
  return { data, layout };
}

function draw(chart) {
  const { data, layout } = onPage(chart);
  return Plotly.react(chart.element, data, layout, config);
}

function toggle(series, on) {
  if (on) hidden.delete(series); else hidden.add(series);
  const box = boxes.find(one => page.runs[one.dataset.run] === series);
  if (box) box.checked = on;
  for (const chart of charts) {
    const traces = chart.figure.data.flatMap((trace, i) => trace.meta && trace.meta.series === series ? [i] : []);
    if (traces.length > 0) Plotly.restyle(chart.element, { visible: on ? true : 'legendonly' }, traces);
  }
}

const boxes = [...document.querySelectorAll('input[data-run]')];
for (const box of boxes) box.addEventListener('change', () => toggle(page.runs[box.dataset.run], box.checked));

function say(chart, text) {
  chart.element.parentNode.querySelector('.value').textContent = text;
}

// The arrow keys go along the points of the first trace that is shown; where one box has all traces, so have the keys.
function walk(chart, by) {
  const curve = chart.figure.data.findIndex(trace =>
    (trace.type === 'scatter' || trace.type === 'bar') && isShown(trace) && trace.hoverinfo !== 'skip');
  if (curve < 0) return;
  const { x } = chart.figure.data[curve];
  chart.index = Math.min(x.length - 1, Math.max(0, chart.index < 0 ? 0 : chart.index + by));
  const placeIn = trace => isShown(trace) ? trace.x.indexOf(x[chart.index]) : -1;
  const all = chart.figure.data.map((trace, i) => ({ curveNumber: i, pointNumber: placeIn(trace) }))
    .filter(point => point.pointNumber >= 0);
  const isUnified = chart.figure.layout.hovermode === 'x unified';
  Plotly.Fx.hover(chart.element, isUnified ? all : [{ curveNumber: curve, pointNumber: chart.index }]);
  clearTimeout(chart.telling);
  chart.telling = setTimeout(() => tell(chart, chart.element._hoverdata || []), 80); // plotly.js hovers after 50 ms at the latest
}

// What is at the pointer, for readers who hear the page.
function tell(chart, points) {
  if (chart.index < 0 || points.length === 0) return;
  const nameOf = trace => trace.name && trace.showlegend ? plain(trace.name) + ' ' : '';
  const of = ({ hovertext, fullData, y }) => hovertext ? plain(hovertext) : nameOf(fullData) + y;
  say(chart, (points[0].hovertext ? '' : points[0].x + ': ') + points.map(of).join(', '));
}

const plain = text => new DOMParser().parseFromString(text.replace(/</g, '&lt;'), 'text/html').body.textContent;

function reset(chart) {
  const layout = layoutOf(chart, themeOf(false)), views = {};
  for (const [name, axis] of Object.entries(chart.element.layout)) {
    if (/^[xy]axis/.test(name)) {
      const range = (layout[name] || layout.template.layout[name.slice(0, 5)]).range;
      views[name + (range ? '.range' : '.autorange')] = range || true;
    }
    if (/^scene/.test(name)) views[name + '.camera'] = layout[name].camera;
  }
  Plotly.relayout(chart.element, views);
}

function download(chart, format) {
  const { data, layout } = drawing(chart, true);
  const title = chart.element.parentNode.querySelector('h3').textContent;
  Plotly.downloadImage({ data, layout }, {
    format, filename: title.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').toLowerCase() || 'chart',
    width: 900, height: Math.round(layout.height * 900 / Math.max(500, chart.element.clientWidth)), scale: format === 'png' ? 2 : 1,
  });
}

// plotly.js can play frames too, but takes contours away meanwhile.
function makePlayer(chart, button, slider, step) {
  const { frames } = chart.figure;
  let timer = 0;

  function show(place) {
    chart.frame = frames[place];
    slider.value = place;
    step.textContent = 'step ' + chart.frame.name;
    const { data, traces } = chart.frame;
    return Plotly.restyle(chart.element, { x: data.map(one => one.x), y: data.map(one => one.y) }, traces);
  }

  function stop() {
    clearTimeout(timer);
    timer = 0;
    button.textContent = 'Play';
  }

  function play(place) {
    show(place);
    button.textContent = 'Pause';
    if (place + 1 < frames.length) timer = setTimeout(() => play(place + 1), frameDuration); else stop();
  }

  step.textContent = 'step ' + frames.at(-1).name;
  button.addEventListener('click', () => timer ? stop() : play(Number(slider.value) % (frames.length - 1)));
  slider.addEventListener('input', () => {
    stop();
    show(Number(slider.value));
  });
}

for (const chart of charts) {
  draw(chart).then(element => {
    element.on('plotly_legendclick', event => {
      const { meta } = event.data[event.curveNumber];
      if (!meta) return true;
      toggle(meta.series, hidden.has(meta.series));
      return false;
    });
    element.on('plotly_legenddoubleclick', event => !event.data[event.curveNumber].meta);
    element.dataset.drawn = 'true';
  });
  chart.element.addEventListener('keydown', event => {
    if (event.key === 'Escape') Plotly.Fx.unhover(chart.element);
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    walk(chart, event.key === 'ArrowLeft' ? -1 : 1);
  });
  chart.element.addEventListener('blur', () => {
    Plotly.Fx.unhover(chart.element);
    chart.index = -1;
    say(chart, '');
  });
  const figure = chart.element.parentNode;
  for (const button of figure.querySelectorAll('button[data-format]'))
    button.addEventListener('click', () => download(chart, button.dataset.format));
  figure.querySelector('.reset').addEventListener('click', () => reset(chart));
  const player = figure.querySelector('.player');
  if (player) makePlayer(chart, ...player.children);
  const zoom = figure.querySelector('.zoom');
  zoom.addEventListener('click', () => {
    chart.zooms = !chart.zooms;
    zoom.setAttribute('aria-pressed', chart.zooms);
    draw(chart);
  });
}

dark.addEventListener('change', () => charts.forEach(draw));
addEventListener('beforeprint', () => {
  printing = true;
  charts.forEach(draw);
});
addEventListener('afterprint', () => {
  printing = false;
  charts.forEach(draw);
});
})();
