(() => {
'use strict';
const charts = JSON.parse(document.getElementById('data').textContent);
const hidden = new Set();

for (const box of document.querySelectorAll('input[data-run]')) {
  box.addEventListener('change', () => {
    const run = box.dataset.run;
    if (box.checked) hidden.delete(Number(run)); else hidden.add(Number(run));
    for (const part of document.querySelectorAll('g[data-run="' + run + '"]')) part.classList.toggle('off', !box.checked);
  });
}

const share = (axis, value) => value === null || axis.log && value <= 0 ? NaN
  : axis.log ? Math.log(value / axis.min) / Math.log(axis.max / axis.min) : (value - axis.min) / (axis.max - axis.min);
const show = value => value === null ? 'not finite' : String(Number(value.toPrecision(5)));

function make(parent, name, attributes) {
  const node = document.createElementNS(parent.namespaceURI, name);
  for (const key in attributes) node.setAttribute(key, attributes[key]);
  return parent.appendChild(node);
}

for (const chart of charts) {
  const svg = document.getElementById(chart.id), figure = svg.parentNode, [left, top, width, height] = chart.box;
  const placeX = value => left + width * share(chart.x, value), placeY = value => top + height * (1 - share(chart.y, value));
  let cursor = null, tip = null, at = left;

  function clear() {
    if (cursor) cursor.remove();
    if (tip) tip.remove();
    cursor = tip = null;
  }

  // For each visible series the value nearest to a place: in a column, or of all series the one nearest point.
  function nearest(x, y) {
    const found = [];
    for (const series of chart.series) {
      if (hidden.has(series.run)) continue;
      let best = null;
      for (let i = 0; i < series.x.length; i++) {
        const px = placeX(series.x[i]), py = placeY(series.y[i]);
        const away = chart.byColumn ? Math.abs(px - x) : Math.hypot(px - x, py - y);
        if (!Number.isNaN(px) && !(Number.isNaN(py) && !chart.byColumn) && (best === null || away < best.away)) best = { series, i, px, py, away };
      }
      if (best) found.push(best);
    }
    if (chart.byColumn) {
      const closest = Math.min(...found.map(one => one.away));
      return found.filter(one => one.away <= closest + 12);
    }
    const one = found.reduce((a, b) => a && a.away <= b.away ? a : b, null);
    return one && one.away < 30 ? [one] : [];
  }

  function point(x, y) {
    clear();
    const found = nearest(x, y);
    if (found.length === 0) return;
    at = found[0].px;
    cursor = make(svg, 'g', { 'class': 'cursor' });
    if (chart.byColumn) make(cursor, 'path', { 'class': 'zero', d: 'M' + at + ' ' + top + 'v' + height });
    tip = figure.appendChild(document.createElement('div'));
    tip.className = 'tip gd';
    tip.setAttribute('role', 'status');
    const head = tip.appendChild(document.createElement('div'));
    head.textContent = chart.x.label + ' ' + show(found[0].series.x[found[0].i]);
    for (const one of found) {
      if (!Number.isNaN(one.py)) make(make(cursor, 'g', { 'class': one.series.style }), 'circle', { 'class': 'ring', cx: one.px, cy: one.py, r: 3.4 });
      const row = tip.appendChild(document.createElement('div')), mark = row.appendChild(document.createElement('span'));
      mark.className = one.series.style;
      mark.textContent = one.series.mark + ' ';
      row.append((chart.byColumn ? one.series.name : chart.y.label) + ' ' + show(one.series.y[one.i]));
    }
    const scale = svg.clientWidth / svg.viewBox.baseVal.width, place = svg.offsetLeft || 6;
    const px = place + at * scale, room = figure.clientWidth;
    tip.style.top = (top * scale + 12) + 'px';
    tip.style.left = Math.max(2, px + 12 + tip.offsetWidth < room ? px + 12 : px - 12 - tip.offsetWidth) + 'px';
  }

  svg.addEventListener('pointermove', event => {
    const bounds = svg.getBoundingClientRect(), scale = svg.viewBox.baseVal.width / bounds.width;
    point((event.clientX - bounds.left) * scale, (event.clientY - bounds.top) * scale);
  });
  svg.addEventListener('pointerleave', clear);
  svg.addEventListener('blur', clear);
  addEventListener('resize', clear);
  svg.addEventListener('keydown', event => {
    if (event.key === 'Escape') clear();
    if (!chart.byColumn || event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    at = Math.min(left + width, Math.max(left, at + (event.key === 'ArrowLeft' ? -6 : 6)));
    const next = at;
    point(at, top);
    at = next;
  });
}
})();
