(() => {
  const form = document.currentScript?.previousElementSibling
    ?? [...document.querySelectorAll("form.paniclab-predict")].pop();
  if (!form) return;
  const box = form.querySelector("textarea[readonly]");
  const quoted = (s) => `"${s}"`;
  const answers = (set) => {
    const key = set.dataset.key;
    const none = set.querySelector("[data-none]")?.checked;
    if (none) return [`${key}: none`];
    if (set.dataset.kind === "lines") {
      const lines = set.querySelector("textarea").value.replace(/\n+$/, "");
      return lines ? lines.split("\n").map((l) => `${key}: ${quoted(l)}`) : [`${key}:`];
    }
    const typed = set.querySelector("input[type=text]");
    const value = typed
      ? typed.value.trim()
      : [...set.querySelectorAll("input:checked")].map((i) => i.value).join(", ");
    if (!value) return [`${key}:`];
    return [`${key}: ${set.dataset.kind === "text" ? quoted(value) : value}`];
  };
  const text = () =>
    [`%%predict ${form.dataset.item}`]
      .concat([...form.querySelectorAll("fieldset")].flatMap(answers))
      .join("\n") + "\n";
  const editor = () => {
    const content = form.closest(".jp-Cell, .cell")?.querySelector(".cm-content");
    return content?.cmView?.view ?? content?.cmTile?.view;
  };
  form.addEventListener("input", () => { box.value = text(); });
  form.querySelector("button").addEventListener("click", () => {
    box.value = text();
    const view = editor();
    if (view) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: box.value } });
      form.querySelector("[role=status]").hidden = false;
    } else {
      box.focus();
      box.select();
    }
  });
})();
