// Steps through one recorded run. `t` is the run: words w, goroutines g, sources f, events e.
function paniclabStepper(root, t) {
  const NS = "http://www.w3.org/2000/svg", N = t.e.length, ROW = 38, DX = 22, X0 = 14;
  let now = 0, timer = 0;
  const make = (parent, name, cls, text) => {
    const x = document.createElement(name);
    if (cls) x.className = cls;
    if (text !== undefined) x.textContent = text;
    parent.append(x);
    return x;
  };
  const draw = (name, attributes, text) => {
    const x = document.createElementNS(NS, name);
    for (const k in attributes) x.setAttribute(k, attributes[k]);
    if (text !== undefined) x.textContent = text;
    svg.append(x);
    return x;
  };
  const button = (parent, sign, label, act) => {
    const b = make(parent, "button", "pl-b", sign);
    b.type = "button";
    b.title = label;
    b.setAttribute("aria-label", label);
    b.onclick = act;
    return b;
  };
  const box = make(root, "div", "pl-box");
  root.prepend(box);
  const bar = make(box, "div", "pl-bar");
  button(bar, "◀", t.w.prev, () => go(now - 1));
  const play = button(bar, "▶", t.w.play, () => timer ? halt() : run());
  button(bar, "▶|", t.w.next, () => go(now + 1));
  const slider = make(bar, "input", "pl-range");
  slider.type = "range";
  slider.min = 0;
  slider.max = N - 1;
  slider.setAttribute("aria-label", t.w.slider);
  slider.oninput = () => go(+slider.value);
  const said = make(box, "div", "pl-said");
  said.setAttribute("aria-live", "polite");
  const body = make(box, "div", "pl-body");
  const code = make(body, "div", "pl-code");
  code.setAttribute("role", "region");
  code.setAttribute("aria-label", t.w.source);
  code.tabIndex = 0;
  const lines = t.f.map(f => {
    if (t.f.length > 1) make(code, "div", "pl-file", f.n);
    return f.t.map((s, i) => {
      const d = make(code, "div", "pl-line");
      make(d, "span", "pl-no", i + 1);
      make(d, "span", "pl-text", s);
      return d;
    });
  });
  const side = make(body, "div", "pl-side");
  side.setAttribute("role", "group");
  side.setAttribute("aria-label", t.w.lanes);
  const heads = make(side, "div", "pl-heads");
  const states = t.g.map((g, i) => {
    const b = make(heads, "button", "pl-g");
    b.type = "button";
    make(b, "b", "", g.n);
    make(b, "span", "pl-fn", g.f);
    const s = make(b, "span", "pl-st");
    b.onclick = () => { const x = at(now)[i]; why.textContent = g.n + ": " + (x.y || x.t); };
    return { b, s };
  });
  const roll = make(side, "div", "pl-roll");
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("width", X0 * 2 + DX * N);
  svg.setAttribute("height", ROW * t.g.length);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", t.w.lanes);
  roll.append(svg);
  const why = make(box, "div", "pl-why");
  why.setAttribute("aria-live", "polite");
  t.g.forEach((g, i) => draw("line", { x1: 0, x2: X0 * 2 + DX * N, y1: ROW * (i + .5), y2: ROW * (i + .5), stroke: "#ccc" }));
  const cursor = draw("rect", { y: 0, width: DX, height: ROW * t.g.length, fill: "#56b4e9", "fill-opacity": .3 });
  const marks = t.e.map((e, i) => {
    const c = draw("circle", { cx: X0 + DX * (i + .5), cy: ROW * (e.g + .5), r: 8, fill: e.c, stroke: e.b, class: "pl-dot" });
    const s = draw("text", { x: X0 + DX * (i + .5), y: ROW * (e.g + .5) + 4, "text-anchor": "middle", class: "pl-sign" }, e.s);
    c.onclick = s.onclick = () => go(i);
    return [c, s];
  });
  function at(n) {
    const s = t.g.map(() => ({ k: "new", t: t.w.fresh }));
    for (let i = 0; i <= n; i++) for (const x of t.e[i].st) s[x.g] = x;
    return s;
  }
  function next(n) {
    for (let i = n + 1; i < N; i++) if (t.e[i].g === t.e[n].g && t.e[i].l) return t.e[i];
  }
  function go(n) {
    now = Math.max(0, Math.min(N - 1, n));
    const e = t.e[now], after = next(now);
    slider.value = now;
    slider.setAttribute("aria-valuetext", e.t);
    said.textContent = (now + 1) + "/" + N + "  " + e.s + "  " + t.g[e.g].n + (e.l ? "  " + e.p : "") + "  " + e.t;
    why.textContent = "";
    for (const f of lines) for (const d of f) d.classList.remove("pl-on", "pl-next");
    const line = (x, cls) => x && x.l && lines[x.f] && lines[x.f][x.l - 1] && (lines[x.f][x.l - 1].classList.add(cls), lines[x.f][x.l - 1]);
    line(after, "pl-next");
    const on = line(e, "pl-on");
    if (on) code.scrollTop = on.offsetTop - code.offsetTop - code.clientHeight / 2;
    at(now).forEach((x, i) => { states[i].b.className = "pl-g pl-" + x.k; states[i].s.textContent = x.t; });
    cursor.setAttribute("x", X0 + DX * now);
    marks.forEach(([c, s], i) => { c.style.opacity = s.style.opacity = i > now ? .3 : 1; });
    roll.scrollLeft = X0 + DX * now - roll.clientWidth / 2;
  }
  function halt() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "▶";
    play.title = t.w.play;
    play.setAttribute("aria-label", t.w.play);
  }
  function run() {
    if (now === N - 1) go(0);
    play.textContent = "❚❚";
    play.title = t.w.pause;
    play.setAttribute("aria-label", t.w.pause);
    timer = setInterval(() => { go(now + 1); if (now === N - 1 || !root.isConnected) halt(); }, 900);
  }
  box.addEventListener("keydown", ev => {
    const to = { ArrowLeft: now - 1, ArrowRight: now + 1, Home: 0, End: N - 1 }[ev.key];
    if (to === undefined) return;
    ev.preventDefault();
    ev.stopPropagation();
    go(to);
  });
  go(0);
}
